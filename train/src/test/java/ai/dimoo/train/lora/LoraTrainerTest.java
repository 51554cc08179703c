package ai.dimoo.train.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.linear.LinearLayer;
import ai.dimoo.linear.Linears;
import ai.dimoo.linear.QuantisedLinears;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.torch.Weights;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.train.optim.Trainer;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.train.source.MaskCodes;
import ai.dimoo.train.source.Share;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.transformer.OwnDataRecipe;
import ai.dimoo.transformer.TransformerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What an adapter learns over a model in few bits.
class LoraTrainerTest {

  private static final TransformerConfig TINY =
      new TransformerConfig(32, 3, 4, 2, 64, 60, 10_000, 1e-5, false);

  private static final int STEPS = 12;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    TorchRuntime.load();
  }

  @ParameterizedTest
  @EnumSource(WeightFormat.class)
  void itsLossesAreThoseOverTheNumbersThatTheBitsStandFor(WeightFormat format) {
    try (PointerScope scope = new PointerScope();
        QuantisedLinears few = few(format)) {
      List<Double> found = losses(few);
      List<Double> stoodFor = losses((name, out, in) -> dense(few.get(name, out, in), in));
      List<Double> plain = losses(Linears.dense(base()));
      for (int i = 0; i < STEPS; i++) {
        assertThat(found.get(i)).isCloseTo(stoodFor.get(i), within(1e-5));
      }
      double far = format == WeightFormat.INT8 ? 0.03 : 0.2;
      for (int i = 0; i < 3; i++) { // later ones go ways of their own
        assertThat(found.get(i)).isCloseTo(plain.get(i), within(far * plain.get(i)));
      }
      assertThat(found).isNotEqualTo(plain);
      assertThat(found.getLast()).isLessThan(0.9 * found.getFirst());
    }
  }

  @ParameterizedTest
  @EnumSource(WeightFormat.class)
  void stepsLeaveNothingBehind(WeightFormat format) {
    try (PointerScope scope = new PointerScope();
        QuantisedLinears few = few(format);
        LoraTrainer trainer = trainer(few)) {
      losses(trainer, 3);
      long before = Pointer.totalCount();
      losses(trainer, 10);
      assertThat(Pointer.totalCount())
          .isLessThanOrEqualTo(before); // what other tests left is collected at any time
    }
  }

  /// What is preserved is of words that are not taught: it stays nearer than where nothing is said
  /// of it, and the first step, at which nothing has changed, moves nothing.
  @Test
  void whatIsPreservedDriftsLess() {
    List<Double> drifts = new ArrayList<>();
    try (LoraTrainer trainer = trainer(Linears.dense(base()), LoraTrainerTest::others)) {
      for (int i = 0; i < STEPS; i++) {
        drifts.add(trainer.train().get("drift"));
      }
      assertThat(drifts.getFirst()).isCloseTo(0, within(1e-6));
      assertThat(drifts.getLast()).isPositive();
      double preserved = trainer.train().get("drift");
      assertThat(preserved).isLessThan(0.5 * driftOfOneThatPreservesNothing());
    }
    List<Double> alone = losses(Linears.dense(base()));
    assertThat(alone.getLast()).isLessThan(0.9 * alone.getFirst());
  }

  /// After as many steps: measured by one more, for which its state is taken over.
  private double driftOfOneThatPreservesNothing() {
    Path state = folder.resolve("state");
    try (LoraTrainer trainer = trainer(Linears.dense(base()));
        LoraTrainer measuring = trainer(Linears.dense(base()), LoraTrainerTest::others)) {
      losses(trainer, STEPS);
      trainer.save(state);
      measuring.restore(state);
      return measuring.train().get("drift");
    }
  }

  private static QuantisedLinears few(WeightFormat format) {
    return QuantisedLinears.converting(base(), format, Dtype.FLOAT32, null, name -> {});
  }

  /// The matrix of a layer: what it makes of the unit matrix; never freed.
  private static LinearLayer dense(LinearLayer layer, long in) {
    Tensor unit = torch.eye(in, new TensorOptions(ScalarType.Float));
    return LinearLayer.dense(layer.apply(unit).t().contiguous().retainReference());
  }

  /// Weights that are drawn by their name, each once; never freed.
  private static Weights base() {
    return Weights.once((name, shape) -> {
      Tensor weight = torch.ones(shape).retainReference();
      if (shape.length > 1) {
        try (TorchRandom random = new TorchRandom(name.hashCode())) {
          weight.normal_(0, 0.3, random.generator());
        }
      }
      return weight;
    });
  }

  private static List<Double> losses(Linears base) {
    try (LoraTrainer trainer = trainer(base)) {
      return losses(trainer, STEPS);
    }
  }

  private static List<Double> losses(LoraTrainer trainer, int steps) {
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      losses.add(trainer.train().get(Trainer.LOSS));
    }
    return losses;
  }

  private static LoraTrainer trainer(Linears base) {
    return trainer(base, null);
  }

  private static LoraTrainer trainer(Linears base, @Nullable ExampleSource preserving) {
    OwnDataRecipe recipe =
        new OwnDataRecipe(
            new LearningRate(3e-2, 1, 100, 0), AdamW.Settings.REFERENCE, 6, 8, true, 3);
    return new LoraTrainer(
        TINY,
        base(),
        base,
        new LoraConfig(4, 4, false, 0, "tiny"),
        recipe,
        LoraTrainerTest::examples,
        preserving,
        0,
        Dtype.FLOAT32,
        Ranks.ALONE,
        new Device("cpu"));
  }

  /// The same in every step: sequences that count upwards, part of each hidden.
  private static List<TrainingExample> examples(long step, Share share) {
    return counting(0);
  }

  /// The same of other words.
  private static List<TrainingExample> others(long step, Share share) {
    return counting(30);
  }

  private static List<TrainingExample> counting(int start) {
    List<TrainingExample> examples = new ArrayList<>();
    for (int b = 0; b < 6; b++) {
      int[] ids = new int[8 + b];
      int[] positions = new int[ids.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = 2 + (start + 3 * b + i) % 58;
        positions[i] = i;
      }
      TrainingExample.Target all = new TrainingExample.Target(positions, MaskCodes.Rule.SHARE);
      examples.add(TrainingExample.hide(ids, new TrainingExample.Target[] {all}, 1, new Random(b)));
    }
    return examples;
  }
}
