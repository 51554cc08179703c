package ai.dimoo.train.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.train.optim.Parameters;
import ai.dimoo.train.optim.Trainer;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.source.MaskCodes;
import ai.dimoo.train.source.Share;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransformerTrainerTest {

  private static final TransformerConfig TINY =
      new TransformerConfig(32, 3, 4, 2, 48, 60, 10_000, 1e-5, false);

  private static final long SEEN = 20;
  private static final long UNSEEN = 59;

  @BeforeAll
  static void load() {
    TorchRuntime.load();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 2})
  void theLossFalls(double muonRate) {
    try (TransformerTrainer trainer = trainer(false, muonRate)) {
      List<Double> losses = losses(trainer, 60);
      double late = losses.subList(50, 60).stream().mapToDouble(x -> x).average().orElseThrow();
      assertThat(late).isLessThan(0.8 * losses.getFirst());
    }
  }

  @Test
  void recomputedActivationsGiveTheSameLosses() {
    try (TransformerTrainer kept = trainer(false, 0);
        TransformerTrainer recomputed = trainer(true, 0)) {
      List<Double> expected = losses(kept, 10);
      List<Double> found = losses(recomputed, 10);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found.get(i)).isCloseTo(expected.get(i), within(1e-5));
      }
    }
  }

  @Test
  void aFollowingTrainingBeginsWithTheOthersWeights(@TempDir Path folder) {
    Path state = folder.resolve("state.safetensors");
    try (TransformerTrainer first = trainer(false, 2);
        TransformerTrainer second = trainer(false, 2);
        TransformerTrainer fresh = trainer(false, 2)) {
      losses(first, 30);
      first.save(state);
      second.follow(state);
      assertThat(second.step()).isZero();
      double begun = losses(second, 1).getFirst();
      assertThat(begun).isLessThan(0.9 * losses(fresh, 1).getFirst());
      first.restore(state);
      assertThat(first.step()).isEqualTo(30);
    }
  }

  /// Features of the tokens from 10: random ones, but UNSEEN, which no example has, looks as SEEN.
  private static Tensor features() {
    Tensor features = torch.zeros(60, 8);
    try (TorchRandom random = new TorchRandom(5)) {
      features.narrow(0, 10, 50).normal_(0, 0.35, random.generator());
    }
    features.select(0, UNSEEN).copy_(features.select(0, SEEN));
    return features;
  }

  @Test
  void whatIsLearnedOfACodeIsLearnedOfThoseThatLookAlike() {
    try (PointerScope scope = new PointerScope();
        TransformerTrainer sharing = trainer(false, 2, features());
        TransformerTrainer alone = trainer(false, 2)) {
      assertThat(likenessOfShifts(sharing)).isGreaterThan(0.5);
      assertThat(likenessOfShifts(alone)).isLessThan(0.4);
    }
  }

  /// The cosine between what training adds to the head's rows of the two; what it adds to those of
  /// tokens that it never sees is taken off.
  private static double likenessOfShifts(TransformerTrainer trainer) {
    Tensor before = trainer.averaged().get(TensorNames.HEAD).clone();
    losses(trainer, 40);
    Tensor shift = trainer.averaged().get(TensorNames.HEAD).sub(before);
    Tensor unseen = shift.narrow(0, 40, 19).mean(0);
    return torch
        .cosine_similarity(
            shift.select(0, SEEN).sub(unseen), shift.select(0, UNSEEN).sub(unseen), 0, 1e-8)
        .item_double();
  }

  @Test
  void theModelThatIsWrittenHasTheSums(@TempDir Path folder) {
    Path state = folder.resolve("state.safetensors");
    try (PointerScope scope = new PointerScope();
        TransformerTrainer trainer = trainer(false, 2, features());
        TransformerTrainer again = trainer(true, 2, features());
        TransformerTrainer later = trainer(false, 2, features())) {
      Map<String, Tensor> weights = trainer.averaged();
      assertThat(weights)
          .doesNotContainKey("tiles.head")
          .hasSize(trainer(false, 2).averaged().size());
      try (Transformer model =
          new Transformer(TINY, (name, shape) -> weights.get(name), Attention.EXPLICIT)) {
        TokenBatch batch = TokenBatch.of(examples(0, Share.WHOLE), 0, new Device("cpu"));
        double expected = MaskedLoss.of(model, batch).item_float();
        assertThat(losses(trainer, 1).getFirst()).isCloseTo(expected, within(1e-5));
      }
      trainer.save(state);
      again.restore(state);
      List<Double> expected = losses(trainer, 5);
      List<Double> found = losses(again, 5);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found.get(i)).isCloseTo(expected.get(i), within(1e-5));
      }
      Map<String, Tensor> kept = copies(trainer.averaged());
      later.goOnWith((name, shape) -> kept.get(name), 6);
      later
          .averaged()
          .forEach((name, weight) -> assertThat(weight.equal(kept.get(name))).as(name).isTrue());
    }
  }

  private static Map<String, Tensor> copies(Map<String, Tensor> weights) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    weights.forEach((name, weight) -> copies.put(name, weight.clone()));
    return copies;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stepsLeaveNothingBehind(boolean sharing) {
    try (PointerScope scope = new PointerScope();
        TransformerTrainer trainer = trainer(true, 2, sharing ? features() : null)) {
      losses(trainer, 3);
      long before = Pointer.totalCount();
      losses(trainer, 20);
      assertThat(Pointer.totalCount())
          .isLessThanOrEqualTo(before); // what other tests left is collected at any time
    }
  }

  @Test
  void aRecomputedBlockLeavesOnlyItsInputBehind() {
    long few = tensorsOfRecomputing(2);
    assertThat(tensorsOfRecomputing(10) - few).isLessThanOrEqualTo(8);
  }

  /// The tensors that are alive when the gradients are there.
  private static long tensorsOfRecomputing(int layers) {
    TransformerConfig config = new TransformerConfig(32, layers, 4, 2, 48, 60, 10_000, 1e-5, false);
    try (PointerScope scope = new PointerScope();
        Parameters weights =
            Parameters.of(
                w -> new Transformer(config, w, Attention.EXPLICIT).close(), new Device("cpu"));
        Transformer model = new Transformer(config, weights, Attention.EXPLICIT)) {
      TokenBatch batch = TokenBatch.of(examples(0, Share.WHOLE), 0, new Device("cpu"));
      long before = Pointer.totalCount();
      MaskedLoss.backwardRecomputing(model, batch);
      return Pointer.totalCount() - before;
    }
  }

  private static List<Double> losses(TransformerTrainer trainer, int steps) {
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      losses.add(trainer.train().get(Trainer.LOSS));
    }
    return losses;
  }

  private static TransformerTrainer trainer(boolean recompute, double muonRate) {
    return trainer(recompute, muonRate, null);
  }

  private static TransformerTrainer trainer(
      boolean recompute, double muonRate, @Nullable Tensor features) {
    return new TransformerTrainer(
        new TransformerRecipe(
            TINY,
            new LearningRate(1e-2, 5, 100, 0),
            AdamW.Settings.REFERENCE,
            muonRate,
            features == null ? 0 : (int) features.size(1),
            0.9,
            recompute,
            3),
        TransformerTrainerTest::examples,
        0,
        features,
        ScalarType.Float,
        Ranks.ALONE,
        new Device("cpu"));
  }

  /// Sequences of unequal length that count upwards, part of each hidden.
  private static List<TrainingExample> examples(long step, Share share) {
    List<TrainingExample> examples = new ArrayList<>();
    for (int b = 0; b < 6; b++) {
      Random random = new Random(10 * step + b);
      int[] ids = new int[8 + b];
      int[] positions = new int[ids.length];
      int first = random.nextInt(20);
      for (int i = 0; i < ids.length; i++) {
        ids[i] = 2 + first + i;
        positions[i] = i;
      }
      examples.add(
          TrainingExample.hide(
              ids,
              new TrainingExample.Target[] {
                new TrainingExample.Target(positions, MaskCodes.Rule.SHARE)
              },
              1,
              random));
    }
    return examples;
  }
}
