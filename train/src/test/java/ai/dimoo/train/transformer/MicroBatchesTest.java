package ai.dimoo.train.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.train.optim.GradientBuckets;
import ai.dimoo.train.optim.Parameters;
import ai.dimoo.train.source.MaskCodes;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicroBatchesTest {

  private static final TransformerConfig TINY =
      new TransformerConfig(32, 2, 4, 2, 48, 60, 10_000, 1e-5, false);

  @Test
  void sequencesOfOneLengthStayTogether() {
    List<TrainingExample> examples = examples(100, 190, 101, 99, 189, 100, 191);
    List<List<TrainingExample>> many = MicroBatches.of(repeated(examples, 10), 1 << 20);
    assertThat(many).hasSize(2);
    assertThat(many.getFirst()).hasSize(40).allMatch(e -> e.ids().length <= 101);
    assertThat(many.getLast()).hasSize(30).allMatch(e -> e.ids().length >= 189);
    // where little is saved, one batch is cheaper
    assertThat(MicroBatches.of(examples(10, 20, 30), 1 << 20)).hasSize(1);
  }

  @Test
  void noneHasMoreTokensThanAllowedUnlessOneSequenceHas() {
    List<TrainingExample> examples = repeated(examples(50, 70, 300), 9);
    List<List<TrainingExample>> batches = MicroBatches.of(examples, 280);
    assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(27);
    for (List<TrainingExample> batch : batches) {
      int longest = batch.stream().mapToInt(e -> e.ids().length).max().orElseThrow();
      assertThat(batch.size() == 1 || batch.size() * longest <= 280).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theirGradientsAddUpToThatOfOneBatch(boolean recompute) {
    TorchRuntime.load();
    List<TrainingExample> examples = examples(12, 40, 11, 41, 12, 39);
    try (PointerScope scope = new PointerScope();
        Parameters weights =
            Parameters.of(
                w -> new Transformer(TINY, w, Attention.EXPLICIT).close(), new Device("cpu"));
        Transformer model = new Transformer(TINY, weights, Attention.EXPLICIT);
        TorchRandom random = new TorchRandom(1)) {
      weights.initialise((name, weight) -> weight.normal_(0, 0.1, random.generator()));
      double loss = backward(model, List.of(examples), examples, recompute);
      Tensor expected = weights.gradients().numbers().clone();
      weights.zeroGradients();
      List<List<TrainingExample>> parts = List.of(examples.subList(0, 2), examples.subList(2, 6));
      assertThat(backward(model, parts, examples, recompute)).isCloseTo(loss, within(1e-6 * loss));
      double difference = weights.gradients().numbers().sub(expected).abs().max().item_double();
      assertThat(difference).isLessThan(1e-5 * expected.abs().max().item_double());
    }
  }

  @Test
  void logitsOfSomeTargetsAtATimeGiveTheSameGradient() {
    List<TrainingExample> examples = examples(9, 12, 10);
    try (PointerScope scope = new PointerScope();
        Parameters weights =
            Parameters.of(
                w -> new Transformer(TINY, w, Attention.EXPLICIT).close(), new Device("cpu"));
        Transformer model = new Transformer(TINY, weights, Attention.EXPLICIT);
        TorchRandom random = new TorchRandom(1)) {
      weights.initialise((name, weight) -> weight.normal_(0, 0.1, random.generator()));
      TokenBatch batch = TokenBatch.of(examples, 0, new Device("cpu"));
      double loss = MaskedLoss.backward(model, batch).item_float();
      Tensor expected = weights.gradients().numbers().clone();
      for (long mostLogits : new long[] {1, 3 * TINY.vocabSize()}) {
        weights.zeroGradients();
        Tensor hidden = model.hidden(batch.ids(), batch.attended());
        Tensor rows = MaskedLoss.rows(model, hidden, batch);
        Tensor found =
            MaskedLoss.backward(model, rows, Targets.of(batch), batch.weight(), mostLogits);
        assertThat(found.item_double()).isCloseTo(loss, within(1e-5));
        double difference = weights.gradients().numbers().sub(expected).abs().max().item_double();
        assertThat(difference).isLessThan(1e-5 * expected.abs().max().item_double());
      }
    }
  }

  private static double backward(
      Transformer model,
      List<List<TrainingExample>> parts,
      List<TrainingExample> all,
      boolean recompute) {
    double whole = all.stream().mapToDouble(TrainingExample::labelWeight).sum();
    double loss = 0;
    for (List<TrainingExample> part : parts) {
      TokenBatch batch = TokenBatch.of(part, 0, new Device("cpu"));
      loss +=
          MaskedLoss.backward(model, null, batch, whole, recompute, GradientBuckets.NONE)
              .item_float();
    }
    return loss;
  }

  private static List<TrainingExample> repeated(List<TrainingExample> examples, int times) {
    List<TrainingExample> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(examples);
    }
    return all;
  }

  /// Examples of these lengths, with labels that count differently.
  private static List<TrainingExample> examples(int... lengths) {
    Random random = new Random(4);
    return IntStream.of(lengths)
        .mapToObj(length -> {
          int[] ids = random.ints(length, 2, 60).toArray();
          TrainingExample.Target all =
              new TrainingExample.Target(
                  IntStream.range(0, length).toArray(), MaskCodes.Rule.SHARE);
          return TrainingExample.hide(ids, new TrainingExample.Target[] {all}, 1, random)
              .weighing(1 + random.nextInt(4));
        })
        .toList();
  }
}
