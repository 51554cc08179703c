package ai.dimoo.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTemplateTest {

  private static final String TEXT = "Put a hat on it.";

  @Test
  void namedTasksHaveTheReferencesPrompts() {
    assertThat(Task.known()).hasSize(18);
    for (Task task : Task.known()) {
      assertThat(PromptTemplate.of(task, TEXT))
          .as(task.name())
          .isEqualTo(PromptTemplate.of(Task.asReference(task.name()), TEXT));
    }
    assertThat(PromptTemplate.of(Task.named("multi_view_left"), TEXT))
        .isEqualTo(PromptTemplate.of(Task.asReference("multi_view_left"), TEXT));
  }

  @Test
  void predictionTasksTakeTheDensePromptUnlessTheReferenceIsAskedFor() {
    for (String map : List.of("canny", "hed", "depth", "openpose")) {
      assertThat(PromptTemplate.of(Task.named(map + "_pred"), TEXT))
          .isEqualTo(PromptTemplate.of(Task.named(map + "_dense"), TEXT));
      assertThat(PromptTemplate.of(Task.asReference(map + "_pred"), TEXT).user()).isEqualTo(TEXT);
    }
    assertThat(PromptTemplate.of(Task.named("openpose_pred"), "").user())
        .isEqualTo("Generate a pose estimation map according to the image.");
  }

  @Test
  void systemPromptsAreThoseThatTasksUse() {
    List<String> used = new ArrayList<>();
    for (Task.Family family : Task.Family.values()) {
      used.add(PromptTemplate.of(new Task("any", family), "").system());
    }
    assertThat(PromptTemplate.systemPrompts())
        .containsExactlyInAnyOrderElementsOf(used)
        .doesNotHaveDuplicates();
  }

  @Test
  void unknownTasksAreRefusedWithTheNamesThatExist() {
    for (String name : List.of("edit_ad", "", "multi_view_", "cubist_pred")) {
      assertThatThrownBy(() -> Task.named(name))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("\"" + name + "\"")
          .hasMessageContaining("edit_add, edit_remove")
          .hasMessageNotContaining("\n");
    }
  }
}
