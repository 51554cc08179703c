package ai.dimoo.train.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.torch.Dtype;
import ai.dimoo.transformer.TransformerConfig;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {

  /// Of the published model: an adapter of rank 16, one example of 4,800 tokens.
  private static TrainingMemory published(boolean recompute, Dtype dtype) {
    return published(new TrainingMemory.Learning.Adapter(16, null, false), recompute, dtype);
  }

  private static TrainingMemory published(
      TrainingMemory.Learning learning, boolean recompute, Dtype dtype) {
    return new TrainingMemory(
        TransformerConfig.PUBLISHED, learning, Dtype.BFLOAT16, dtype, recompute, 1, 4_800, 1);
  }

  private static Map<String, Double> gigabytes(TrainingMemory memory) {
    return memory.parts().stream()
        .collect(Collectors.toMap(TrainingMemory.Part::name, part -> part.bytes() / 1e9));
  }

  @Test
  void ofThePublishedModelItIsWhatTheShapesSay() {
    Map<String, Double> parts = gigabytes(published(true, Dtype.BFLOAT16));

    assertThat(parts.get("model's weights, as they are stored"))
        .isCloseTo(16.16, Offset.offset(0.05));
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
  void weightsInFewBitsTakeAsManyAndOneConvertedBlock() {
    for (WeightFormat few : WeightFormat.values()) {
      TrainingMemory memory =
          published(new TrainingMemory.Learning.Adapter(16, few, false), true, Dtype.BFLOAT16);
      Map<String, Double> parts = gigabytes(memory);
      // blocks of 6.98 billion numbers, and tables of 1.10 in bfloat16
      double blocks = few == WeightFormat.INT8 ? 6.98 : 6.98 * (0.5 + 2.0 / 32);
      assertThat(parts.get("model's weights, blocks in " + few))
          .isCloseTo(blocks + 2.20, Offset.offset(0.05));
      assertThat(parts.get("weights converted to bfloat16"))
          .isCloseTo(0.436, Offset.offset(0.01)); // 218 million numbers
      double plain = published(true, Dtype.BFLOAT16).bytes() / 1e9;
      assertThat(memory.bytes() / 1e9)
          .isCloseTo(plain - (6.98 * 2 - blocks) + 0.436, Offset.offset(0.05));
    }
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
  void allWeightsTakeFiveCopiesInFloat32() {
    TrainingMemory all = published(new TrainingMemory.Learning.All(), true, Dtype.BFLOAT16);
    assertThat(gigabytes(all).get("weights, gradients, moments, average"))
        .isCloseTo(5 * 2 * 16.16, Offset.offset(0.5));
    assertThat(gigabytes(all).get("weights converted to bfloat16"))
        .isCloseTo(16.16, Offset.offset(0.05));
    assertThatThrownBy(() -> all.require(new FreeMemory(80_000_000_000L, "the machine")))
        .hasMessageContaining("Train an adapter, with dimoo train lora");
  }

  @Test
  void ranksShareOutAllButTheWeights() {
    TrainingMemory one = published(new TrainingMemory.Learning.All(), true, Dtype.BFLOAT16);
    String shared = "weights, gradients, moments, average";
    double copy = gigabytes(one).get(shared) / 5;
    assertThat(gigabytes(one.of(4)).get(shared))
        .isCloseTo((1 + 4 / 4.0) * copy, Offset.offset(1e-6));
    // the head, of 134,548 × 4,096 numbers
    assertThat(gigabytes(one.of(4)).get("gradients of a block, before they are shared out"))
        .isCloseTo(2.20, Offset.offset(0.01));
    assertThat(gigabytes(one))
        .doesNotContainKey("gradients of a block, before they are shared out");
    // more than is free when a step's activations and converted weights are gone
    assertThat(gigabytes(one.of(4)).get("average, whole while it is written"))
        .isBetween(1.0, copy - 16.16);
    assertThat(one.of(8).bytes()).isLessThan(one.of(4).bytes()).isLessThan(one.bytes());
    TrainingMemory adapter = published(true, Dtype.BFLOAT16);
    assertThat(adapter.of(2).bytes()).isLessThan(adapter.bytes());
  }

  @Test
  void whatDoesNotFitIsRefusedWithWhatWouldDo() {
    TrainingMemory memory = published(false, Dtype.BFLOAT16);
    memory.require(new FreeMemory(memory.bytes(), "the machine"));
    assertThatThrownBy(() -> memory.require(new FreeMemory(30_000_000_000L, "the container")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("30.0 GB are free in the container")
        .hasMessageContaining("Give --recompute, with which it needs 2")
        .hasMessageContaining("or give --dtype int8, with which it needs 1");
    assertThatThrownBy(() -> memory.require(new FreeMemory(9_000_000_000L, "the machine")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("Prepare smaller pictures")
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("--recompute", "--dtype");
  }
}
