package ai.dimoo.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.parity.SamplerCase;
import ai.dimoo.parity.StepRecording;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How runs behave, whatever they compute: listeners, cancellation, seeds, memory.
class SamplerRunsTest {

  private static GoldenModel model;
  private static TokenSequence prompt;
  private static TokenSequence question;

  private final Sampler sampler = model.sampler;
  private final ImageSamplerSettings settings =
      new ImageSamplerSettings(8, 1, 4, 0, Noise.REFERENCE, Remasking.LOW_CONFIDENCE, 7, null);

  @BeforeAll
  static void load() {
    model = new GoldenModel();
    try (SamplerCase golden = model.open("t2i_sampled_cfg")) {
      prompt = golden.sequence();
    }
    try (SamplerCase golden = model.open("mmu_greedy")) {
      question = golden.sequence();
    }
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void reportsEveryStepWithFewerAndFewerMaskedTokens() {
    List<DecodingStep> steps = new ArrayList<>();

    TokenIds result = sampler.sample(prompt, settings, steps::add);

    assertThat(steps).extracting(DecodingStep::step).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(steps).extracting(DecodingStep::masked).isSortedAccordingTo((a, b) -> b - a);
    assertThat(steps.getLast().masked()).isZero();
    assertThat(steps.getLast().tokens()).isEqualTo(result);
    CodeGrid forming = prompt.image().codes(steps.getFirst().tokens(), model.special);
    assertThat(forming.codes()).hasSize(48).contains(CodeGrid.MASKED);
  }

  @Test
  void oneSeedGivesOneResultAndZeroIsASeedLikeAnyOther() {
    TokenIds first = sampler.sample(prompt, settings.withSeed(0), DecodingListener.NONE);

    assertThat(sampler.sample(prompt, settings.withSeed(0), DecodingListener.NONE))
        .isEqualTo(first);
    assertThat(sampler.sample(prompt, settings.withSeed(1), DecodingListener.NONE))
        .isNotEqualTo(first);
  }

  @Test
  void severalDecodedTogetherAreWhatTheyAreAlone() {
    TextSamplerSettings asked = text(true, CacheSettings.DEFAULT);
    ImageSamplerSettings guided = settings.withCache(new CacheSettings(0.8, 0.2, 3));
    TokenIds picture = sampler.sample(prompt, settings, DecodingListener.NONE);
    TokenIds other = sampler.sample(prompt, guided.withSeed(5), DecodingListener.NONE);
    TokenIds answer = sampler.sample(question, asked, DecodingListener.NONE);
    List<DecodingStep> steps = new ArrayList<>();
    List<Integer> branches = new ArrayList<>();
    DecodingListener listener =
        new DecodingListener() {
          @Override
          public void onStep(DecodingStep step) {
            steps.add(step);
          }

          @Override
          public void onInputs(List<SequenceInput> inputs) {
            branches.add(inputs.size());
          }
        };
    try (ImageDecoding first = new ImageDecoding(model.special, prompt, settings);
        TextDecoding second = new TextDecoding(model.special, question, asked);
        ImageDecoding third = new ImageDecoding(model.special, prompt, guided.withSeed(5))) {

      sampler.denoise(
          List.of(
              new Sampler.Run(first, listener),
              new Sampler.Run(second, DecodingListener.NONE),
              new Sampler.Run(third, DecodingListener.NONE)));

      assertThat(first.tokens()).isEqualTo(picture);
      assertThat(second.tokens()).isEqualTo(answer);
      assertThat(third.tokens()).isEqualTo(other);
    }
    assertThat(steps).extracting(DecodingStep::step).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(branches).hasSize(8).containsOnly(2);
  }

  @Test
  void guidanceIsComputedOnlyWithinItsInterval() {
    StepRecording taken = new StepRecording();
    ImageSamplerSettings between = settings.toBuilder().cfgFrom(0.25).cfgTo(0.75).build();

    sampler.sample(prompt, between, taken);

    assertThat(taken.inputs()).extracting(List::size).containsExactly(1, 1, 2, 2, 2, 2, 1, 1);
    TokenIds unguided =
        sampler.sample(prompt, settings.toBuilder().cfgScale(0).build(), DecodingListener.NONE);
    TokenIds late =
        sampler.sample(prompt, settings.toBuilder().cfgFrom(0.99).build(), DecodingListener.NONE);
    assertThat(late).isEqualTo(unguided);
  }

  @Test
  void selfCorrectionTakesBackOnlyWhatItDecidedItself() {
    for (SelfCorrection correction : List.of(SelfCorrection.SCALED, SelfCorrection.AS_PUBLISHED)) {
      try (SamplerCase golden = model.open("inpaint_sampled_cfg")) {
        StepRecording taken = new StepRecording();
        TokenSequence start = golden.sequence();
        ImageSamplerSettings correcting =
            golden.imageSettings().toBuilder().correction(correction).build();

        TokenIds result = sampler.sample(start, correcting, taken);

        assertThat(result.toArray()).doesNotContain(model.special.mask());
        int back = 0;
        TokenIds before = start.ids();
        for (DecodingStep step : taken.steps()) {
          for (int i = 0; i < before.length(); i++) {
            boolean masked = step.tokens().at(i) == model.special.mask();
            if (masked && before.at(i) != model.special.mask()) {
              back++;
            }
            if (start.ids().at(i) != model.special.mask()) {
              assertThat(step.tokens().at(i)).isEqualTo(start.ids().at(i));
            }
          }
          before = step.tokens();
        }
        assertThat(back).isPositive();
      }
    }
  }

  @Test
  void stopsBeforeTheNextStepWhenCancelled() {
    List<DecodingStep> steps = new ArrayList<>();
    DecodingListener impatient =
        new DecodingListener() {
          @Override
          public void onStep(DecodingStep step) {
            steps.add(step);
          }

          @Override
          public boolean cancelled() {
            return steps.size() == 3;
          }
        };

    assertThatThrownBy(() -> sampler.sample(prompt, settings, impatient))
        .isInstanceOf(CancellationException.class);
    assertThat(steps).hasSize(3);
  }

  @Test
  void nothingIsLeftInNativeMemory() {
    ImageSamplerSettings cached = settings.withCache(new CacheSettings(0.8, 0.2, 3));
    Runnable oneOfEach =
        () -> {
          sampler.sample(prompt, settings, DecodingListener.NONE);
          sampler.sample(prompt, cached, DecodingListener.NONE);
          sampler.sample(question, text(true, CacheSettings.DEFAULT), DecodingListener.NONE);
          assertThatThrownBy(() ->
                  sampler.sample(
                      prompt,
                      cached,
                      step -> {
                        throw new IllegalStateException("enough");
                      }))
              .hasMessage("enough");
        };
    oneOfEach.run(); // the table of rotary angles stays
    long before = Pointer.totalCount();

    oneOfEach.run();

    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
  }

  @Test
  void aPromptWithoutMasksComesBackUnchanged() {
    TokenIds done = sampler.sample(prompt, settings, DecodingListener.NONE);
    TokenSequence nothingToDo =
        TokenSequence.of(done, prompt.image(), TokenIds.of(1, 2), TokenIds.NONE);

    assertThat(sampler.sample(nothingToDo, settings, DecodingListener.NONE)).isEqualTo(done);
  }

  @Test
  void anAnswerStopsAsSoonAsAllUpToItsEndIsDecided() {
    // the second block already ends the answer
    int[] tokens = question.ids().toArray();
    tokens[question.text().start() + 10] = model.special.endAnswer();
    TokenSequence endingAtTen = TokenSequence.of(TokenIds.of(tokens), question.text());
    List<DecodingStep> steps = new ArrayList<>();

    TokenIds stopped = sampler.sample(endingAtTen, text(true, null), steps::add);

    assertThat(steps).hasSizeBetween(5, 8);
    assertThat(answer(stopped)).hasSize(10).doesNotContain(model.special.mask());
    assertThat(stopped.toArray()).contains(model.special.mask());
    steps.clear();
    TokenIds whole = sampler.sample(endingAtTen, text(false, null), steps::add);
    assertThat(steps).hasSize(12);
    assertThat(answer(whole)).isEqualTo(answer(stopped));
  }

  private static int[] answer(TokenIds ids) {
    return question.text().answer(ids, model.special).toArray();
  }

  @Test
  void moreStepsThanTokensGiveAnAnswerWithoutForwardPassesForNothing() {
    for (double temperature : new double[] {0, 0.5}) {
      List<DecodingStep> steps = new ArrayList<>();
      TokenIds whole = sampler.sample(question, fourStepsAToken(temperature, false), steps::add);
      assertThat(steps).hasSize(96);
      assertThat(whole.toArray()).doesNotContain(model.special.mask());
      steps.clear();

      TokenIds stopped = sampler.sample(question, fourStepsAToken(temperature, true), steps::add);

      assertThat(steps).hasSizeLessThan(96 - 8);
      assertThat(answer(stopped)).isEqualTo(answer(whole));
    }
  }

  private static TextSamplerSettings fourStepsAToken(double temperature, boolean stop) {
    return new TextSamplerSettings(
        96, 24, 8, temperature, 0, Remasking.LOW_CONFIDENCE, 1, stop, null);
  }

  private static TextSamplerSettings text(boolean stop, CacheSettings cache) {
    return new TextSamplerSettings(12, 24, 8, 0.5, 0, Remasking.LOW_CONFIDENCE, 1, stop, cache);
  }
}
