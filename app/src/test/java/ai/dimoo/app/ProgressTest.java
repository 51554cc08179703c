package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void oneLineForEachTenth() {
    StringWriter err = new StringWriter();
    try (Progress progress = new ProgressInLines(new PrintWriter(err), "generate", 64, "steps")) {
      for (int step = 0; step <= 64; step++) {
        progress.at(step, step == 64 ? "0 tokens masked" : "");
      }
    }

    assertThat(err.toString().lines())
        .hasSize(10)
        .startsWith("generate: 10% (7 of 64 steps)")
        .endsWith("generate: 100% (64 of 64 steps), 0 tokens masked");
  }

  @Test
  void bytesAreShownAsMegabytes() {
    StringWriter err = new StringWriter();
    try (Progress progress =
        new ProgressInLines(new PrintWriter(err), "model.safetensors", 2_500_000, "bytes")) {
      progress.at(1_000_000, "");
    }

    assertThat(err.toString().strip()).isEqualTo("model.safetensors: 40% (1.0 of 2.5 MB)");
  }
}
