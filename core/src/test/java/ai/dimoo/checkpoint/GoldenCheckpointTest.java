package ai.dimoo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

class GoldenCheckpointTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @Test
  void theShardedCheckpointGivesEveryPublishedTensorWithItsShape() {
    try (Checkpoint checkpoint = Checkpoint.open(GOLDEN.resolve("checkpoint"));
        PointerScope scope = new PointerScope()) {
      WeightFiles weights = checkpoint.weights();

      assertThat(checkpoint.config().json().get("d_model").intValue()).isEqualTo(64);
      assertThat(checkpoint.vqConfig().json().get("num_vq_embeddings").intValue()).isEqualTo(64);
      assertThat(weights.fileCount()).isEqualTo(2);
      assertThat(weights.names()).hasSize(3 + 3 * 9);
      for (int block = 0; block < 3; block++) {
        weights.tensor(TensorNames.attentionNorm(block), 64);
        weights.tensor(TensorNames.query(block), 64, 64);
        weights.tensor(TensorNames.key(block), 64, 64);
        weights.tensor(TensorNames.value(block), 64, 64);
        weights.tensor(TensorNames.attentionOut(block), 64, 64);
        weights.tensor(TensorNames.feedForwardNorm(block), 64);
        weights.tensor(TensorNames.gate(block), 160, 64);
        weights.tensor(TensorNames.up(block), 160, 64);
        weights.tensor(TensorNames.down(block), 64, 160);
      }
      weights.tensor(TensorNames.EMBEDDING, 384, 64);
      weights.tensor(TensorNames.FINAL_NORM, 64);
      weights.tensor(TensorNames.HEAD, 384, 64);
      assertThat(checkpoint.vqWeights().tensor("quantize.embedding.weight", 64, 16).numel())
          .isEqualTo(1024);
    }
  }

  @Test
  void aTensorLiesOnTheMappedFileItself() {
    try (SafetensorsFile file = SafetensorsFile.open(GOLDEN.resolve("forward.safetensors"));
        PointerScope scope = new PointerScope()) {
      long first = file.tensor("ids").data_ptr().address();

      assertThat(file.tensor("ids").data_ptr().address()).isEqualTo(first);
      assertThat(file.tensor("logits").data_ptr().address() - first)
          .isEqualTo(file.info("logits").begin() - file.info("ids").begin());
    }
  }

  @Test
  void aMissingTensorAndAWrongShapeAreNamedWithWhatWasExpected() {
    try (Checkpoint checkpoint = Checkpoint.open(GOLDEN.resolve("checkpoint"))) {
      assertThatThrownBy(() -> checkpoint.weights().tensor(TensorNames.query(7), 64, 64))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("model.transformer.blocks.7.q_proj.weight")
          .hasMessageContaining("checkpoint");
      assertThatThrownBy(() -> checkpoint.weights().tensor(TensorNames.gate(0), 160, 32))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("model-00001-of-00002.safetensors")
          .hasMessageContaining("blocks.0.ff_proj.weight")
          .hasMessageContaining("[160, 64] of F32")
          .hasMessageContaining("[160, 32]");
      assertThatThrownBy(checkpoint::tokenizer)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("No tokenizer.json in");
    }
  }

  @Test
  void integersAreReadButAreNoWeightsToComputeWith() {
    try (WeightFiles files = WeightFiles.open(GOLDEN, "forward");
        PointerScope scope = new PointerScope()) {
      assertThat(files.info("ids").dtype()).isEqualTo(TensorDtype.I64);
      assertThat(files.tensor("ids", 1, 37).numel()).isEqualTo(37);
      assertThatThrownBy(() -> files.get("ids", 1, 37))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("[1, 37] of I64, expected [1, 37] of F32, BF16, F16 or F64");
    }
  }
}
