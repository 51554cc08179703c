package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.server.ModelCopy;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

  private static final String GOLDEN = "../core/src/test/resources/golden/checkpoint";

  @Test
  void describesACheckpoint() {
    CommandRun run = CommandRun.of("inspect", GOLDEN);

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("3 blocks, width 64, 4 heads, feed-forward 160, vocabulary 384")
        .contains("2 files")
        .contains("64 codes of 16 numbers, one for 16x16 pixels, channels 16 16 32 32 48")
        .contains("none: no tokenizer.json");
  }

  @Test
  void listsTensors() {
    CommandRun run = CommandRun.of("inspect", GOLDEN, "--tensors");

    assertThat(run.out().lines())
        .contains("model.transformer.wte.weight F32 [384, 64]")
        .contains("vqvae/quantize.embedding.weight F32 [64, 16]");
  }

  @Test
  void theModelThatComesAlongHasAName() {
    assertThat(CommandRun.inCheckout("inspect", "pocket"))
        .isEqualTo(CommandRun.of("inspect", "../models/pocket"));
  }

  @Test
  void saysWhatTheModelKnows(@TempDir Path folder) throws IOException {
    assertThat(CommandRun.of("inspect", "../models/pocket").out())
        .containsPattern(
            "tasks +text_to_image, inpaint, outpaint, retouch, understanding, edit_add, ")
        .containsPattern("sizes +128x128, 64x64")
        .containsPattern("languages +English, Chinese")
        .containsPattern("things +109: person, cat, dog, .*\\(all are in knowledge.json\\)");
    assertThat(CommandRun.of("inspect", GOLDEN).out()).containsPattern("things +not limited");
    Path few = ModelCopy.ofSixShapes(folder, Path.of("../models/pocket"));
    assertThat(CommandRun.of("inspect", few.toString()).out())
        .containsPattern("tasks +text_to_image, inpaint, retouch, understanding\n")
        .containsPattern("things +circle, square, triangle, diamond, cross, ring\n");
  }

  @Test
  void saysWhichSpeedsTheModelHas(@TempDir Path folder) throws IOException {
    assertThat(CommandRun.of("inspect", GOLDEN).out()) // as the published model, which says nothing
        .containsPattern("speeds +balanced \\(timesteps 32\\), fast \\(timesteps 16\\)")
        .containsPattern("of answers +balanced \\(confidence 0.9, block_cache true\\), fast");
    for (String file : List.of("config.json", "model.safetensors.index.json", "vqvae")) {
      Files.createSymbolicLink(folder.resolve(file), Path.of(GOLDEN, file).toRealPath());
    }
    try (DirectoryStream<Path> weights =
        Files.newDirectoryStream(Path.of(GOLDEN), "*.safetensors")) {
      for (Path file : weights) {
        Files.createSymbolicLink(folder.resolve(file.getFileName()), file.toRealPath());
      }
    }
    Path sampling = folder.resolve("generation_config.json");
    Files.writeString(sampling, "{\"timesteps\": 8, \"speed\": {\"fast\": {\"timesteps\": 3}}}");
    assertThat(CommandRun.of("inspect", folder.toString()).out())
        .containsPattern("speeds +fast \\(timesteps 3\\)\n");
    Files.writeString(
        sampling, "{\"timesteps\": 8, \"steps\": 8, \"gen_length\": 8, \"block_length\": 8}");
    assertThat(CommandRun.of("inspect", folder.toString()).out())
        .containsPattern("speeds +none of its own")
        .containsPattern("of answers +none of its own");
  }

  @Test
  void folderWithoutACheckpointIsOneLine(@TempDir Path folder) {
    CommandRun run = CommandRun.of("inspect", folder.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("config.json", folder.toString());
  }
}
