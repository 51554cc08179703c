package ai.dimoo.train.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.torch.Dtype;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.transformer.TransformerConfig;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LoraMemoryTest {

  private static final long STORED = 16_160_000_000L;

  /// Of the published model: rank 16, one example of 4,800 tokens.
  private static LoraMemory published(boolean recompute, Dtype dtype) {
    LoraRecipe recipe =
        new LoraRecipe(
            new LoraConfig(16, 16, false, 0, "lumina"),
            new LearningRate(1e-4, 20, 500, 0.2),
            AdamW.Settings.REFERENCE,
            1,
            64,
            recompute,
            1);
    return new LoraMemory(
        TransformerConfig.PUBLISHED, STORED, Dtype.BFLOAT16, dtype, recipe, 4_800);
  }

  private static Map<String, Double> gigabytes(LoraMemory memory) {
    return memory.parts().stream()
        .collect(Collectors.toMap(LoraMemory.Part::name, part -> part.bytes() / 1e9));
  }

  @Test
  void ofThePublishedModelItIsWhatTheShapesSay() {
    Map<String, Double> parts = gigabytes(published(true, Dtype.BFLOAT16));

    assertThat(parts.get("weights converted to bfloat16")).isZero();
    // 41.9 million numbers, four times
    assertThat(parts.get("adapter, its gradients and moments"))
        .isCloseTo(0.67, Offset.offset(0.01));
    // 32 inputs of 4,800 × 4,096 numbers are 1.3
    assertThat(parts.get("activations that are kept")).isBetween(1.3, 8.0);
    assertThat(parts.get("logits")).isBetween(1.0, 2.0);
    assertThat(published(true, Dtype.BFLOAT16).bytes()).isBetween(20_000_000_000L, 28_000_000_000L);
  }

  @Test
  void activationsOfEveryBlockAndConvertedWeightsAreKeptUnlessTheyAreComputedAgain() {
    double kept = gigabytes(published(false, Dtype.BFLOAT16)).get("activations that are kept");
    assertThat(kept).isGreaterThan(32 * 1.47); // the scores alone: 32 heads of 4,800 × 4,800
    double all = gigabytes(published(false, Dtype.FLOAT32)).get("weights converted to float32");
    double one = gigabytes(published(true, Dtype.FLOAT32)).get("weights converted to float32");
    assertThat(all - one).isCloseTo(31 * 0.872, Offset.offset(0.1)); // 218 million numbers a block
  }

  @Test
  void whatDoesNotFitIsRefusedWithWhatWouldDo() {
    LoraMemory memory = published(false, Dtype.BFLOAT16);
    memory.require(new FreeMemory(memory.bytes(), "the machine"));
    assertThatThrownBy(() -> memory.require(new FreeMemory(30_000_000_000L, "the container")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("30.0 GB are free in the container")
        .hasMessageContaining("Give --recompute, with which it needs 2");
    assertThatThrownBy(() -> memory.require(new FreeMemory(9_000_000_000L, "the machine")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("Prepare smaller pictures")
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("--recompute");
  }
}
