package ai.dimoo.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.parity.SamplerCase;
import ai.dimoo.parity.StepRecording;
import ai.dimoo.sequence.TextSpan;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.torch.TorchRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Answers in fewer and cheaper steps: by confidence, by early commit, block by block.
class FastAnswersTest {

  private static GoldenModel model;
  private static TokenSequence question;

  private final StepRecording taken = new StepRecording();

  @BeforeAll
  static void load() {
    model = new GoldenModel();
    try (SamplerCase golden = model.open("mmu_greedy")) {
      question = golden.sequence();
    }
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void withOneStepABlockTheBlockCacheChangesNothing() {
    TextSamplerSettings plain = threeBlocks(3);
    TokenIds expected = sample(plain);

    assertThat(sample(plain.toBuilder().blockCache(true).build())).isEqualTo(expected);
    TextSamplerSettings guided = plain.toBuilder().cfgScale(1.5).build();
    assertThat(sample(guided.toBuilder().blockCache(true).build())).isEqualTo(sample(guided));
  }

  @Test
  void stepsAfterTheFirstOfABlockComputeThatBlockAlone() {
    sample(threeBlocks(6).toBuilder().blockCache(true).build());

    int length = question.ids().length();
    int start = question.text().start();
    assertThat(taken.computed())
        .extracting(branches -> branches.getFirst().length)
        .containsExactly(length, 8, length, 8, length, 8);
    assertThat(taken.computed().get(3).getFirst())
        .containsExactly(IntStream.range(start + 8, start + 16).toArray());
    assertThat(taken.steps().getLast().tokens().toArray()).doesNotContain(model.special.mask());
  }

  @Test
  void whatIsLikelyEnoughIsKeptAtOnceAndABlockEndsWhenItIsFull() {
    sample(threeBlocks(24).toBuilder().confidence(1e-12).build());
    assertThat(taken.steps()).extracting(DecodingStep::masked).containsExactly(16, 8, 0);

    TokenIds share = sample(threeBlocks(24));
    assertThat(sample(threeBlocks(24).toBuilder().confidence(1).build())).isEqualTo(share);
  }

  @Test
  void whatStandsBehindADecidedEndIsNotComputedForAnyMore() {
    int end = question.text().start() + 3;
    int[] ids = question.ids().toArray();
    ids[end] = model.special.endAnswer();
    TextSpan span = question.text();
    TextSamplerSettings stopping = threeBlocks(24).toBuilder().confidence(1).build();

    TokenIds result =
        model.sampler.sample(
            TokenSequence.of(TokenIds.of(ids), span),
            stopping.toBuilder().stopAtAnswerEnd(true).build(),
            taken);

    assertThat(taken.steps()).hasSize(3);
    assertThat(taken.inputs().stream().flatMapToInt(s -> Arrays.stream(s.getFirst().read())))
        .allMatch(position -> position < end);
    assertThat(result.positionsOf(model.special.mask(), span.start(), end)).isEmpty();
  }

  @Test
  void clearPredictionsAreTakenAtOnceEarlierTheClearerTheyAre() {
    try (TorchRandom random = new TorchRandom(0);
        PointerScope scope = new PointerScope()) {
      Tensor logits = Tensor.create(new float[] {0, 6, 0, 7, 0, 1}, 2, 3); // gaps 6 and 6

      TextSamplerSettings early = threeBlocks(24).toBuilder().earlyCommit(true).build();
      assertThat(kept(logits, 0, early, random)).hasSize(1);
      assertThat(kept(logits, 0.5, early, random)).hasSize(2);
      assertThat(kept(logits, 0.5, threeBlocks(24), random)).hasSize(1);
    }
  }

  private static int[] kept(
      Tensor logits, double progress, TextSamplerSettings settings, TorchRandom random) {
    return TextStep.choose(logits, new int[] {3, 5}, 8, 1, progress, settings, random).kept();
  }

  @Test
  void nothingIsLeftInNativeMemory() {
    TextSamplerSettings fast =
        threeBlocks(12).toBuilder().blockCache(true).confidence(0.1).earlyCommit(true).build();
    sample(fast);
    long before = Pointer.totalCount();

    sample(fast);

    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
  }

  private TokenIds sample(TextSamplerSettings settings) {
    return model.sampler.sample(question, settings, taken);
  }

  private static TextSamplerSettings threeBlocks(int steps) {
    return new TextSamplerSettings(steps, 24, 8, 0, 0, Remasking.LOW_CONFIDENCE, 1, false, null);
  }
}
