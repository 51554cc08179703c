package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantizeCommandTest {

  private static final String POCKET = "../models/pocket";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"int8 | 4,521,984 x I8", "int4 | 2,260,992 x U8"})
  void writesASmallerModel(String format, String numbers, @TempDir Path folder) throws IOException {
    Path copy = folder.resolve("copy");
    CommandRun run = CommandRun.of("quantize", POCKET, copy.toString(), "--weights", format);

    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualToNormalizingNewlines(copy + "\n");
    assertThat(Files.size(copy.resolve("model.safetensors")))
        .isLessThan(Files.size(Path.of(POCKET, "model.safetensors")) * 4 / 5);
    assertThat(CommandRun.of("inspect", copy.toString()).out())
        .containsPattern("quantised +" + format + ": the matrices of the blocks")
        .contains("6 blocks, width 256", numbers);

    CommandRun again = CommandRun.of("quantize", copy.toString(), folder.resolve("2").toString());
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains("is quantised already: its weights are in " + format);
    assertThat(again.err().lines()).hasSize(1);
  }

  @Test
  void whatIsThereIsKept(@TempDir Path folder) {
    CommandRun run = CommandRun.of("quantize", POCKET, folder.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(folder + " exists already. Name a folder that does not exist.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void otherFormatsAreRefused(@TempDir Path folder) {
    CommandRun run =
        CommandRun.of("quantize", POCKET, folder.resolve("x").toString(), "--weights", "int2");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--weights", "int2", "int8 or int4");
  }
}
