package ai.dimoo.train.pocket;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.transformer.TransformerConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes that are killed at once, wherever they are.
class PocketRunTest {

  private static final String VQ_WEIGHTS = "diffusion_pytorch_model.safetensors";

  @TempDir static Path folder;

  private static Path whole;
  private static List<String> lines;

  @BeforeAll
  static void runWithoutBeingKilled() throws Exception {
    whole = folder.resolve("whole");
    lines = run(whole, null);
    assertThat(lines).hasSize(7 + 8 + 1).last().isEqualTo("done");
  }

  @Test
  void aRunThatIsKilledAndResumedGivesTheLossesOfOneThatIsNot() throws Exception {
    Path killed = folder.resolve("killed");
    Map<String, String> losses = new LinkedHashMap<>();
    for (String until : new String[] {"vq 3 ", "vq 7 ", "transformer 5 "}) {
      List<String> some = run(killed, until);
      assertThat(some).doesNotContain("done");
      some.forEach(line -> remember(losses, line));
    }
    List<String> rest = run(killed, null);
    assertThat(rest.size()).isLessThan(lines.size());
    rest.forEach(line -> remember(losses, line));
    assertThat(losses.values()).containsExactlyElementsOf(lines);
  }

  @Test
  void theTransformerMayBeTrainedBeforeTheVqModelWithTheSameLosses() throws Exception {
    Path parts = folder.resolve("parts");
    List<String> others = run(parts, null, "tokenizer", "tiles", "transformer", "vq", "model");
    assertThat(others).containsExactlyInAnyOrderElementsOf(lines);
    assertThat(others.getFirst()).startsWith("transformer 1 ");
    for (String file : List.of("model.safetensors", "vqvae/" + VQ_WEIGHTS)) {
      assertThat(parts.resolve("model").resolve(file))
          .hasSameBinaryContentAs(whole.resolve("model").resolve(file));
    }
  }

  @Test
  void theModelIsWrittenInThePublishedLayout() throws Exception {
    Path model = whole.resolve("model").resolve("model.safetensors");
    Files.delete(model); // as if killed after the last state and before the model
    assertThat(run(whole, null)).containsExactly("done");
    assertThat(model).exists();
    try (Checkpoint checkpoint = Checkpoint.open(whole.resolve("model"))) {
      TransformerConfig config = TransformerConfig.of(checkpoint.config());
      assertThat(checkpoint.weights().names()).hasSize(3 + 9 * config.nLayers());
      assertThat(checkpoint.weights().info("model.transformer.wte.weight").sizes())
          .containsExactly(config.vocabSize(), config.dModel());
      assertThat(checkpoint.vqWeights().info("quantize.embedding.weight").sizes())
          .containsExactly(16, 4);
      assertThat(checkpoint.hasTokenizer()).isTrue();
    }
  }

  /// A step that was lost and taken again must have the same loss.
  private static void remember(Map<String, String> losses, String line) {
    String step = line.substring(0, Math.max(line.lastIndexOf(' '), 0));
    String before = losses.put(step, line);
    assertThat(before == null || before.equals(line)).as(before + " then " + line).isTrue();
  }

  /// @param until the beginning of the line after which the process is killed; null: never
  /// @param phases if not all are wanted
  /// @return the lines it printed until then
  private static List<String> run(Path folder, String until, String... phases)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                TinyRun.class.getName(),
                folder.toString()));
    command.addAll(List.of(phases));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (until != null && line.startsWith(until)) {
          process.destroyForcibly();
          break;
        }
      }
    }
    process.waitFor();
    return lines;
  }
}
