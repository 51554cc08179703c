package ai.dimoo.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.linear.LinearLayer;
import ai.dimoo.linear.Linears;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.torch.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a transformer asks for when it is made, and from whom.
class TransformerWeightsTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/checkpoint");

  private static final TransformerConfig CONFIG =
      new TransformerConfig(16, 2, 4, 2, 24, 30, 10_000, 1e-5, false);

  @BeforeAll
  static void load() {
    TorchRuntime.load();
  }

  @Test
  void shapesCanBeCountedWithoutAnyNumbers() {
    try (PointerScope scope = new PointerScope()) {
      List<String> asked = new ArrayList<>();
      TensorOptions shapeOnly =
          new TensorOptions(ScalarType.Float).device(new DeviceOptional(new Device("meta")));
      Weights shapes =
          (name, shape) -> {
            asked.add(name);
            return torch.empty(shape, shapeOnly, null);
          };

      new Transformer(CONFIG, shapes, Attention.EXPLICIT).close();

      assertThat(asked)
          .doesNotHaveDuplicates()
          .hasSize(3 + 9 * CONFIG.nLayers())
          .startsWith(TensorNames.EMBEDDING)
          .contains(TensorNames.down(1), TensorNames.HEAD);
    }
  }

  @Test
  void everyMatrixButTheEmbeddingIsAskedOfOnePlaceWhichMayGiveAnotherKind() {
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(1)) {
      List<String> tensors = new ArrayList<>();
      List<String> layers = new ArrayList<>();
      Weights weights =
          (name, shape) -> {
            tensors.add(name);
            return random.uniform(ScalarType.Float, shape);
          };
      Linears zero =
          (name, out, in) -> {
            layers.add(name);
            return new Zero(out);
          };
      try (Transformer transformer = new Transformer(CONFIG, weights, zero, Attention.EXPLICIT)) {
        assertThat(tensors)
            .allMatch(name ->
                name.equals(TensorNames.EMBEDDING)
                    || name.contains("norm")
                    || name.equals(TensorNames.FINAL_NORM));
        assertThat(layers).hasSize(7 * CONFIG.nLayers() + 1);
        Tensor ids = torch.arange(new Scalar(5)).unsqueeze(0);
        Tensor logits = transformer.logits(transformer.hidden(ids, null), 20, 30);
        assertThat(logits.size(2)).isEqualTo(10);
        assertThat(logits.abs().max().item_double()).isZero();
      }
    }
  }

  /// Whatever comes in, nothing comes out.
  private record Zero(long out) implements LinearLayer {

    @Override
    public Tensor apply(Tensor x) {
      return torch.linear(x, torch.zeros(out, x.size(-1)));
    }

    @Override
    public LinearLayer outputs(long from, long to) {
      return new Zero(to - from);
    }
  }

  @Test
  void theEmbeddingTellsTheSizeOfTheVocabularyWhereTheConfigSaysAnother(@TempDir Path folder)
      throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Path config = folder.resolve(Checkpoint.CONFIG);
    Files.writeString(
        config,
        Files.readString(config)
            .replaceAll("\"(vocab_size|embedding_size)\": *384", "\"$1\": 300"));
    try (Checkpoint golden = Checkpoint.open(GOLDEN);
        Checkpoint changed = Checkpoint.open(folder)) {
      assertThat(TransformerConfig.of(changed.config()).vocabSize()).isEqualTo(300);
      assertThat(TransformerConfig.of(changed)).isEqualTo(TransformerConfig.of(golden.config()));
    }
  }
}
