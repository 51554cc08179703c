package ai.dimoo.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.parity.SamplerCase;
import ai.dimoo.parity.StepRecording;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.torch.TensorArrays;
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
      try (SamplerCase golden = model.open(name)) {
        ImageSamplerSettings settings = golden.imageSettings().withCache(EVERYTHING);

        TokenIds tokens = model.sampler.sample(golden.sequence(), settings, DecodingListener.NONE);

        CodeGrid codes = golden.picture().codes(tokens, model.special);
        assertThat(IntStream.of(codes.codes()).map(model.special::token).toArray())
            .isEqualTo(golden.tokens("result"));
      }
    }
  }

  @Test
  void computingEverythingThroughTheCacheGivesTheSameAnswer() {
    for (String name : List.of("mmu_greedy_cfg", "mmu_sampled")) {
      try (SamplerCase golden = model.open(name)) {
        assertThat(answer(golden, EVERYTHING, DecodingListener.NONE).toArray())
            .isEqualTo(golden.tokens("result"));
      }
    }
  }

  @Test
  void cachedTextStepsComputeFewPositionsInEachBranch() {
    try (SamplerCase golden = model.open("mmu_greedy_cfg")) {
      StepRecording taken = new StepRecording();
      CacheSettings settings = new CacheSettings(0.75, 0.2, 4);

      TokenIds answer = answer(golden, settings, taken);

      assertThat(answer.toArray()).doesNotContain(model.special.mask());
      int steps = taken.steps().size();
      for (int step = 0; step < steps; step++) {
        boolean full = settings.refreshes(step, steps);
        assertThat(taken.computed().get(step))
            .hasSize(2)
            .allSatisfy(positions -> assertThat(positions).hasSize(full ? 60 : 15));
      }
    }
  }

  private static TokenIds answer(
      SamplerCase golden, CacheSettings cache, DecodingListener listener) {
    TextSamplerSettings recorded = golden.textSettings();
    TextSamplerSettings settings =
        new TextSamplerSettings(
            recorded.steps(),
            recorded.genLength(),
            recorded.blockLength(),
            recorded.temperature(),
            recorded.cfgScale(),
            recorded.remasking(),
            recorded.seed(),
            false,
            cache);
    return model.sampler.sample(golden.sequence(), settings, listener);
  }
}
