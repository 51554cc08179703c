package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityCommandTest {

  @Test
  void printsALineForEveryCaseAndSucceedsIfAllHold() {
    CommandRun run = CommandRun.of("parity", "../core/src/test/resources/golden");

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().toList())
        .contains("ok   t2i_greedy: all tokens of 12 steps and the result equal")
        .anyMatch(line -> line.matches("ok   forward\\.logits: largest difference .*, allowed .*"))
        .last()
        .asString()
        .matches("\\d+ cases, all ok");
  }

  @Test
  void aFolderOfAnotherLayoutIsOneLine(@TempDir Path folder) {
    CommandRun run = CommandRun.of("parity", folder.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines()).singleElement().asString().contains("No checkpoint in " + folder);
  }
}
