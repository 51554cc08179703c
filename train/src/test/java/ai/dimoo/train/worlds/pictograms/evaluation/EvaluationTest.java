package ai.dimoo.train.worlds.pictograms.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.request.Sampling;
import ai.dimoo.train.worlds.pictograms.evaluation.SuiteScores.Row;
import ai.dimoo.train.worlds.pictograms.tasks.Motif;
import ai.dimoo.train.worlds.pictograms.tasks.PaintTask;
import ai.dimoo.train.worlds.pictograms.tasks.PictureTasks;
import ai.dimoo.train.worlds.pictograms.tasks.TaskSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluationTest {

  private static Setting setting() {
    return Evaluated.setting(Sampling.DEFAULT);
  }

  private static List<String> suites() {
    return Suites.names();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void anUntrainedModelGetsNextToNothing(String name) {
    List<Double> shares = new ArrayList<>();
    SuiteScores scores =
        new Evaluation(setting(), 1).run(Suites.named(name), Evaluated.UNTRAINED, shares::add);

    assertThat(shares).isNotEmpty().isSorted();
    assertThat(shares.getLast()).isEqualTo(1);
    assertThat(scores.rows()).isNotEmpty();
    assertThat(scores.rows().stream().map(Row::name)).doesNotHaveDuplicates();
    assertThat(scores.rows())
        .filteredOn(row -> row.unit() == Unit.SHARE && !Double.isNaN(row.mean()))
        .allSatisfy(row -> assertThat(row.mean()).isBetween(0.0, 0.05));
    assertThat(scores.sheet()).isNotNull();
    assertThat(ScoreTable.lines(scores)).hasSizeGreaterThan(scores.rows().size());
  }

  @Test
  void aSuiteAlwaysAsksTheSame() {
    Suite geneval = Suites.named("geneval");
    assertThat(geneval.trials(setting()))
        .hasSize(600)
        .extracting(Trial::row)
        .containsExactlyElementsOf(geneval.trials(setting()).stream().map(Trial::row).toList());
  }

  /// Of the tasks whose result is a scene: what would be right is taken for right.
  @Test
  void theTruthIsRightAndTheSourceIsNot() {
    Setting setting = setting();
    int all = 0;
    int right = 0;
    int unchanged = 0;
    for (String key : PictureTasks.all(setting.scenes()).keySet()) {
      for (TaskSample sample : Samples.of(setting, key, 6)) {
        if (sample.target() instanceof Motif.OfScene truth) {
          all++;
          right += setting.satisfies(sample.requirement(), Samples.picture(setting, truth)) ? 1 : 0;
          Picture source = Samples.picture(setting, sample.inputs().getFirst());
          unchanged += setting.satisfies(sample.requirement(), source) ? 1 : 0;
        }
      }
    }
    assertThat(right / (double) all).isGreaterThanOrEqualTo(0.97);
    assertThat(unchanged / (double) all).isLessThanOrEqualTo(0.1);
  }

  @Test
  void whatWasHiddenIsRightWhereItWas() {
    Setting setting = setting();
    for (PaintTask.Kind kind : PaintTask.Kind.values()) {
      PaintTask task = new PaintTask(kind, setting.scenes());
      for (int i = 0; i < 5; i++) {
        PaintTask.Sample sample = task.draw(setting.random("test", i));
        assertThat(setting.satisfies(sample.requirement(), setting.picture(sample.scene())))
            .as(sample.caption().text())
            .isTrue();
      }
    }
  }

  private record Numbers(List<Score> scores) implements Suite {
    @Override
    public String name() {
      return "numbers";
    }

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
      return scores.stream()
          .map(score -> Trial.of(score.row(), pupil -> new Outcome(List.of(score), List.of())))
          .toList();
    }
  }

  private static SuiteScores scores(int limit, Score... scores) {
    return new Evaluation(setting(), limit)
        .run(new Numbers(List.of(scores)), Evaluated.UNTRAINED, share -> {});
  }

  @Test
  void aRowHasMeanStandardErrorAndBaseline() {
    SuiteScores scores =
        scores(
            Evaluation.ALL,
            Score.share("a", 1, 0.25),
            Score.share("a", 0, 0.25),
            Score.share("a", 1, 0),
            Score.share("a", 1, 0),
            Score.in(Unit.DECIBEL, "b", 20));
    Row row = scores.rows().getFirst();
    assertThat(row.mean()).isEqualTo(0.75);
    // of a sample of four: the deviation 0.5 over the root of 4
    assertThat(row.standardError()).isEqualTo(0.25, within(1e-9));
    assertThat(row.baseline()).isEqualTo(0.125);
    assertThat(scores.overall().mean()).as("decibels are no share").isEqualTo(0.75);
  }

  @Test
  void aShareOfWhatIsPossibleIsTheRatioOfTheSums() {
    Row row =
        scores(
                Evaluation.ALL,
                new Score("a", Unit.SHARE, 0.4, 0, 0.5),
                new Score("a", Unit.SHARE, 0.2, 0, 1))
            .rows()
            .getFirst();
    assertThat(row.mean()).isEqualTo(0.4, within(1e-9));
  }

  @Test
  void aLimitLeavesTrialsOutEvenly() {
    Score[] scores =
        IntStream.range(0, 10).mapToObj(i -> Score.share("a", i, 0)).toArray(Score[]::new);
    Row row = scores(5, scores).rows().getFirst();
    assertThat(row.count()).isEqualTo(5);
    assertThat(row.mean()).isEqualTo((0 + 2 + 4 + 6 + 8) / 5.0);
  }

  @Test
  void scoresOfOtherSuitesStayInTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("scores.json");
    Files.writeString(file, "{\"names\": {\"overall\": {\"score\": 0.5}}}");
    ScoresFile.at(file).put(scores(1, Score.share("a", 0.123456, 0)), "tiny", 1);
    assertThat(Files.readString(file))
        .contains("\"names\"", "\"numbers\"", "\"score\" : 0.1235", "\"model\" : \"tiny\"")
        .doesNotContain("NaN");
  }

  @Test
  void aFileWithSomethingElseIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("scores.json");
    Files.writeString(file, "[1, 2]");
    assertThatThrownBy(() -> ScoresFile.at(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds no scores");
  }

  @Test
  void anUnknownSuiteIsRefusedWithThoseThatExist() {
    assertThatThrownBy(() -> Suites.named("speed"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("\"speed\"")
        .hasMessageContaining("geneval");
  }

  @Test
  void qualityOfPictures() {
    Picture grey = Evaluated.UNTRAINED.decoded(new int[64]);
    boolean[] all = new boolean[128 * 128];
    Arrays.fill(all, true);
    assertThat(PictureQuality.psnr(grey, grey, all)).isEqualTo(PictureQuality.MOST);
    assertThat(PictureQuality.ssim(grey, grey)).isEqualTo(1, within(1e-9));
    byte[] lighter = grey.toBytes();
    for (int i = 0; i < lighter.length; i++) {
      lighter[i] += 16;
    }
    Picture light = Picture.of(128, 128, lighter);
    assertThat(PictureQuality.psnr(grey, light, all))
        .isEqualTo(20 * Math.log10(255 / 16.0), within(1e-9));
  }
}
