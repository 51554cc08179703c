package ai.dimoo.diffusion;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.sequence.ImageSpan;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TextSpan;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The small random model of the golden data, and the cases that the reference ran on it.
final class GoldenModel implements AutoCloseable {

  static final Path FOLDER = Path.of("src/test/resources/golden");

  final Checkpoint checkpoint = Checkpoint.open(FOLDER.resolve("checkpoint"));
  final Device cpu = new Device("cpu");
  final Transformer transformer =
      new Transformer(TransformerConfig.of(checkpoint), checkpoint.weights(), Attention.FUSED);
  final MaskPredictor predictor = new TransformerPredictor(transformer, cpu);
  final SpecialTokens special = SpecialTokenReader.ofLayout(FOLDER.resolve("layout.json"));

  GoldenModel() {
    // more threads than cores, with other work on the machine, wait for each other
    TorchRuntime.setThreads(1);
  }

  static JsonNode read(String file) {
    return JsonMapper.shared().readTree(FOLDER.resolve(file));
  }

  static List<String> cases(String... tasks) {
    return read("cases.json").properties().stream()
        .filter(entry -> List.of(tasks).contains(entry.getValue().get("task").stringValue()))
        .map(entry -> entry.getKey())
        .toList();
  }

  /// One case's settings and recorded numbers.
  record Case(JsonNode settings, SafetensorsFile file) implements AutoCloseable {

    static Case open(String name) {
      return new Case(
          read("cases.json").get(name),
          SafetensorsFile.open(FOLDER.resolve(name + ".safetensors")));
    }

    /// Where the run's picture stands.
    ImageSpan picture() {
      JsonNode grid = settings.get("grid");
      return new ImageSpan(integer("code_start"), grid.get(0).intValue(), grid.get(1).intValue());
    }

    /// What the run began with.
    TokenSequence sequence() {
      TokenIds ids = TokenIds.of(ints("sequence"));
      return switch (settings.get("task").stringValue()) {
        case "mmu" ->
            TokenSequence.of(ids, new TextSpan(integer("code_start"), integer("gen_length")));
        case "i2i" ->
            TokenSequence.of(
                ids,
                picture(),
                TokenIds.of(ints("uncond_text")),
                TokenIds.of(ints("uncond_image")));
        default ->
            TokenSequence.of(ids, picture(), TokenIds.of(ints("uncond_prompt")), TokenIds.NONE);
      };
    }

    int integer(String name) {
      return settings.get(name).intValue();
    }

    double number(String name) {
      return settings.path(name).asDouble(0);
    }

    int[] ints(String tensor) {
      try (PointerScope scope = new PointerScope()) {
        return TensorArrays.ints(file.tensor(tensor));
      }
    }

    /// The sequence that the conditional forward pass of each step received.
    int[][] stepInputs() {
      long[] sizes = file.info("step_inputs").sizes();
      int[] all = ints("step_inputs");
      int[][] rows = new int[(int) sizes[0]][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = java.util.Arrays.copyOfRange(all, i * (int) sizes[1], (i + 1) * (int) sizes[1]);
      }
      return rows;
    }

    @Override
    public void close() {
      file.close();
    }
  }

  @Override
  public void close() {
    transformer.close();
    checkpoint.close();
  }
}
