package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.train.runs.PromptSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingPromptsTest {

  private static final Path POCKET = Path.of("../models/pocket");

  @TempDir Path folder;

  private static List<String> first(PromptSource source) {
    return LongStream.range(0, 40).mapToObj(source.prompts()::apply).toList();
  }

  @Test
  void thePocketModelHasCaptionsWithoutEnd() {
    PromptSource source = TrainingPrompts.of(null, POCKET, 1);

    assertThat(first(source)).doesNotContain("").isEqualTo(first(source));
    assertThat(first(source).stream().distinct().count()).isGreaterThan(30);
    assertThat(first(TrainingPrompts.of(null, POCKET, 2))).isNotEqualTo(first(source));
  }

  @Test
  void aFileOfTextOrOfJsonGivesItsOwn() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "a cat\n# no\n\na dog\n");
    Path json =
        Files.writeString(
            folder.resolve("a.jsonl"), "{\"prompt\": \"a cat\"}\n\n{\"prompt\": \"a dog\"}\n");

    PromptSource of = TrainingPrompts.of(text, POCKET, 1);
    assertThat(first(of)).containsOnly("a cat", "a dog").contains("a cat", "a dog");
    PromptSource same = TrainingPrompts.of(json, POCKET, 1);
    assertThat(first(same)).isEqualTo(first(of));
    assertThat(same.description()).isEqualTo(of.description());
    Files.writeString(text, "a cat\na fox\n");
    assertThat(TrainingPrompts.of(text, POCKET, 1).description()).isNotEqualTo(of.description());
  }
}
