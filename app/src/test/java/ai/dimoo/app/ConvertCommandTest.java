package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.checkpoint.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {

  private static final Path FILES = Path.of("../core/src/test/resources/pytorch");

  @TempDir Path folder;

  @Test
  void theTensorsAreWrittenUnderTheirNames() throws IOException {
    Path file = Files.copy(FILES.resolve("tensors.pth"), folder.resolve("tensors.pth"));
    CommandRun run = CommandRun.of("convert", file.toString(), "--tensors");

    assertThat(run.status()).as(run.err()).isZero();
    Path written = folder.resolve("tensors.safetensors");
    assertThat(run.out())
        .contains("bfloat16 BF16 [3]\n")
        .endsWith(written + ": 10 tensors, 0.0 MB\n");
    try (SafetensorsFile tensors = SafetensorsFile.open(written)) {
      assertThat(tensors.names()).hasSize(10).contains("counting.weight", "turned");
      assertThat(tensors.info("part").shape()).isEqualTo(List.of(2L, 3L));
    }

    CommandRun again = CommandRun.of("convert", file.toString());
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains("tensors.safetensors is there already");
    CommandRun elsewhere =
        CommandRun.of("convert", file.toString(), folder.resolve("other.safetensors").toString());
    assertThat(elsewhere.status()).as(elsewhere.err()).isZero();
    assertThat(folder.resolve("other.safetensors")).hasSameBinaryContentAs(written);
  }

  @Test
  void whatIsNoFileOfTensorsIsRefusedInOneLine() {
    Path target = folder.resolve("never.safetensors");
    for (String name : List.of("hostile.pth", "README.md", "gone.pth")) {
      CommandRun run = CommandRun.of("convert", FILES.resolve(name).toString(), target.toString());
      assertThat(run.status()).as(name).isEqualTo(2);
      assertThat(run.err().strip().lines()).hasSize(1);
      assertThat(run.err()).contains(name);
    }
    assertThat(target).doesNotExist();
  }
}
