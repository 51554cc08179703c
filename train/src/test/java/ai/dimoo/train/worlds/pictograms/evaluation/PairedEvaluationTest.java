package ai.dimoo.train.worlds.pictograms.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.request.TextToImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class PairedEvaluationTest {

  private static final Picture GREY = Evaluated.filled(0x70);

  /// What a pupil was asked: prompts with seeds.
  private static final class Noting implements Pupil {
    private final List<String> asked = new ArrayList<>();
    private final Picture picture;

    Noting(Picture picture) {
      this.picture = picture;
    }

    @Override
    public Picture picture(ImageRequest request) {
      asked.add(((TextToImage) request).prompt() + " " + request.sampling().seed());
      return picture;
    }

    @Override
    public String answer(Ask question) {
      asked.add(question.sampling().seed() + " ?");
      return "purple";
    }

    @Override
    public int[] codes(Picture picture) {
      return new int[64];
    }

    @Override
    public Picture decoded(int[] codes) {
      return picture;
    }
  }

  /// Draws of each trial a picture and scores it in its own way.
  private record Drawn(String name, int trials, ToDoubleFunction<Picture> score) implements Suite {
    @Override
    public String right() {
      return "one";
    }

    @Override
    public String baseline() {
      return "zero";
    }

    @Override
    public List<Trial> trials(Setting setting) {
      List<Trial> trials = new ArrayList<>();
      for (int i = 0; i < trials(); i++) {
        String row = i < 2 ? "few" : "many";
        int index = i;
        trials.add(
            Trial.of(
                row,
                pupil -> {
                  Picture picture = pupil.picture(setting.draw(row + index, index));
                  return Outcome.of(Score.share(row, score.applyAsDouble(picture), 0), picture);
                }));
      }
      return trials;
    }
  }

  private static Setting setting() {
    return Evaluated.setting(Sampling.DEFAULT.withSeed(5L));
  }

  @Test
  void bothAreAskedTheSameAndRowsThatAreUsedUpAreAskedWithOtherSeeds() {
    Noting first = new Noting(GREY);
    Noting second = new Noting(Evaluated.filled(0x72));
    List<Integer> progress = new ArrayList<>();

    PairedScores scores =
        new PairedEvaluation(setting(), setting(), 10)
            .run(
                List.of(new Drawn("drawn", 12, picture -> picture.equals(GREY) ? 1 : 0)),
                first,
                second,
                progress::add);

    assertThat(first.asked)
        .containsExactly(
            "few0 5",
            "few1 6",
            "many2 7",
            "many4 9",
            "many6 11",
            "many8 13",
            "many10 15",
            "few0 10005",
            "few1 10006",
            "few0 20005");
    assertThat(second.asked).isEqualTo(first.asked);
    assertThat(progress).isSorted().endsWith(10);
    assertThat(scores.rows())
        .extracting(PairedScores.Row::name)
        .containsExactly("drawn: few", "drawn: many");
    assertThat(scores.rows()).extracting(PairedScores.Row::count).containsExactly(5, 5);
    assertThat(scores.overall().first()).isEqualTo(1);
    assertThat(scores.overall().second()).isZero();
    assertThat(scores.overall().onlyFirst()).isEqualTo(10);
    assertThat(scores.pictures()).isEqualTo(10);
    assertThat(scores.equal()).isZero();
    assertThat(scores.error().psnr()).isEqualTo(20 * Math.log10(255 / 2.0), within(1e-9));
    assertThat(scores.firstSeconds()).isPositive();
  }

  @Test
  void eachIsSampledAsItsSettingSays() {
    Setting few = setting().with(Sampling.DEFAULT.withTimesteps(3));
    List<Integer> steps = new ArrayList<>();
    Pupil pupil =
        new Pupil() {
          @Override
          public Picture picture(ImageRequest request) {
            steps.add(request.sampling().get(SamplingTable.TIMESTEPS));
            return GREY;
          }

          @Override
          public String answer(Ask question) {
            return "";
          }

          @Override
          public int[] codes(Picture picture) {
            return new int[0];
          }

          @Override
          public Picture decoded(int[] codes) {
            return GREY;
          }
        };

    new PairedEvaluation(setting(), few, 1)
        .run(List.of(new Drawn("drawn", 1, picture -> 0)), pupil, pupil, done -> {});

    assertThat(steps).containsExactly(null, 3);
  }

  @Test
  void answersArePairedToo() {
    Noting first = new Noting(GREY);
    Noting second = new Noting(GREY);
    PairedScores scores =
        new PairedEvaluation(setting(), setting(), 4)
            .run(List.of(Suites.named("understand")), first, second, done -> {});
    assertThat(first.asked).isNotEmpty().isEqualTo(second.asked);
    assertThat(scores.overall().difference()).isZero();
    assertThat(scores.pictures()).isZero();
  }

  /// By hand: n = 98 + 2, half a pair more on either side, so 2.5 and 6.5 of 100 that differ.
  @Test
  void theIntervalIsThatOfThePairs() {
    List<double[]> pairs = new ArrayList<>();
    for (int i = 0; i < 98; i++) {
      pairs.add(i < 2 ? new double[] {1, 0} : i < 8 ? new double[] {0, 1} : new double[] {1, 1});
    }
    PairedScores.Row row = PairedScores.Row.of("row", pairs);
    assertThat(row.onlyFirst()).isEqualTo(2);
    assertThat(row.onlySecond()).isEqualTo(6);
    assertThat(row.difference()).isEqualTo(4 / 98.0, within(1e-12));
    double reach = 1.959964 * Math.sqrt((0.09 - 0.04 * 0.04) / 100);
    assertThat(row.low()).isEqualTo(0.04 - reach, within(1e-9));
    assertThat(row.high()).isEqualTo(0.04 + reach, within(1e-9));
  }

  @Test
  void suitesWithoutRightAndWrongAreRefused() {
    for (String name : List.of("variety", "sweep", "sweep_edit")) {
      assertThatThrownBy(() -> PairedEvaluation.requireShares(List.of(Suites.named(name))))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(name);
    }
    PairedEvaluation.requireShares(
        List.of(Suites.named("names"), Suites.named("dense"), Suites.named("understand")));
  }
}
