package ai.dimoo.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PromptTemplateTest {

  private static final String TEXT = "Put a hat on it.";

  @Test
  void everyPromptOfTheReferenceIsReproduced() throws Exception {
    JsonNode golden = Golden.json("prompts.json");
    List<String> compared = new ArrayList<>();
    for (var entry : golden.properties()) {
      String name = entry.getKey();
      JsonNode expected = entry.getValue();
      if (name.equals("mmu")) {
        PromptTemplate template = PromptTemplate.of(Task.UNDERSTANDING, "What is in the picture?");
        assertThat(template.conditional()).isEqualTo(expected.stringValue());
      } else if (name.equals("t2i")) {
        assertSame(PromptTemplate.of(Task.TEXT_TO_IMAGE, "A red fox."), expected);
      } else {
        assertSame(PromptTemplate.of(Task.asReference(name), TEXT), expected);
        if (!name.endsWith("_pred")) {
          assertSame(PromptTemplate.of(Task.named(name), TEXT), expected);
        }
      }
      compared.add(name);
    }
    assertThat(compared).hasSizeGreaterThanOrEqualTo(21);
  }

  private static void assertSame(PromptTemplate template, JsonNode expected) {
    assertThat(template.conditional()).isEqualTo(expected.path(0).stringValue());
    assertThat(template.unconditional()).isEqualTo(expected.path(1).stringValue());
    if (expected.size() > 2) {
      assertThat(template.system()).isEqualTo(expected.path(2).stringValue());
    }
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
