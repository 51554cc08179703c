package ai.dimoo.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.diffusion.GoldenModel.Case;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.torch.TensorArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MaxLogitCacheTest {

  /// Computes every position in every step, through the cache.
  private static final CacheSettings EVERYTHING = new CacheSettings(0, 0, 1000);

  private static GoldenModel model;

  @BeforeAll
  static void load() {
    model = new GoldenModel();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void refreshesThroughTheWarmUpAndThenAtIntervals() {
    int[] full =
        IntStream.range(0, 64).filter(s -> CacheSettings.DEFAULT.refreshes(s, 64)).toArray();

    // system.md §1.7: {0..19, 24, 29, …, 59}
    assertThat(full)
        .isEqualTo(
            IntStream.concat(
                    IntStream.rangeClosed(0, 19), IntStream.iterate(24, s -> s <= 59, s -> s + 5))
                .toArray());
  }

  @Test
  void computesThePositionsAtOrBelowTheInterpolatedQuantile() {
    assertThat(computed(0.9, 5, 1, 4, 2, 3)).containsExactly(1); // quantile 1.4
    assertThat(computed(0.5, 5, 1, 4, 2, 3)).containsExactly(1, 3, 4); // quantile 3
    assertThat(computed(1, 5, 1, 4, 2, 3)).containsExactly(1);
    assertThat(computed(0, 5, 1, 4, 2, 3)).containsExactly(0, 1, 2, 3, 4);
    assertThat(computed(0.9, 2, 2, 2)).containsExactly(0, 1, 2);
  }

  private static int[] computed(double cacheRatio, float... confidence) {
    try (PointerScope scope = new PointerScope()) {
      Tensor mask = MaxLogitCache.leastConfident(Tensor.create(confidence), cacheRatio);
      return TensorArrays.ints(mask.nonzero());
    }
  }

  @Test
  void computingEverythingThroughTheCacheGivesTheSamePicture() {
    for (String name : List.of("i2i_sampled", "i2i_nocfg")) {
      try (Case golden = Case.open(name)) {
        ImageSamplerSettings settings =
            new ImageSamplerSettings(
                golden.integer("timesteps"),
                1,
                golden.number("cfg_scale"),
                golden.number("cfg_img"),
                Noise.EXACT,
                Remasking.LOW_CONFIDENCE,
                golden.integer("seed"),
                EVERYTHING);
        TokenIds tokens =
            new ImageSampler(model.predictor, model.special)
                .sample(golden.sequence(), settings, DecodingListener.NONE);

        CodeGrid codes = golden.picture().codes(tokens, model.special);
        assertThat(IntStream.of(codes.codes()).map(model.special::token).toArray())
            .isEqualTo(golden.ints("result"));
      }
    }
  }

  @Test
  void computingEverythingThroughTheCacheGivesTheSameAnswer() {
    for (String name : List.of("mmu_greedy_cfg", "mmu_sampled")) {
      try (Case golden = Case.open(name)) {
        assertThat(answer(golden, EVERYTHING, DecodingListener.NONE).toArray())
            .isEqualTo(golden.ints("result"));
      }
    }
  }

  @Test
  void cachedTextStepsComputeFewPositionsInEachBranch() {
    try (Case golden = Case.open("mmu_greedy_cfg")) {
      List<DecodingStep> steps = new ArrayList<>();
      CacheSettings settings = new CacheSettings(0.75, 0.2, 4);

      TokenIds answer = answer(golden, settings, steps::add);

      assertThat(answer.toArray()).doesNotContain(model.special.mask());
      for (int step = 0; step < steps.size(); step++) {
        boolean full = settings.refreshes(step, steps.size());
        assertThat(steps.get(step).computed())
            .hasSize(2)
            .allSatisfy(positions -> assertThat(positions).hasSize(full ? 60 : 15));
      }
    }
  }

  private static TokenIds answer(Case golden, CacheSettings cache, DecodingListener listener) {
    TextSamplerSettings settings =
        new TextSamplerSettings(
            golden.integer("steps"),
            golden.integer("gen_length"),
            golden.integer("block_length"),
            golden.number("temperature"),
            golden.number("cfg_scale"),
            Remasking.LOW_CONFIDENCE,
            golden.integer("seed"),
            false,
            cache);
    return new TextSampler(model.predictor, model.special)
        .sample(golden.sequence(), settings, listener);
  }
}
