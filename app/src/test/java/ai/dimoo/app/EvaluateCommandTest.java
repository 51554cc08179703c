package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.train.worlds.pictograms.things.IconFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `dimoo evaluate` with the pocket model.
class EvaluateCommandTest {

  private static CommandRun evaluate(String... options) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("evaluate", "--model", GenerateCommandTest.MODEL), Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  void printsAScoreForEachCategoryAndKindOfQuestion() {
    CommandRun run = evaluate("--prompts", "1", "--questions", "20", "--pictures", "10");

    assertThat(run.status()).as(run.err()).isZero();
    List<String> names =
        run.out().lines().filter(line -> line.startsWith("  ")).map(String::strip).toList();
    assertThat(names.stream().map(line -> line.replaceAll(" +[0-9.]+$", "")))
        .startsWith(
            "single_object",
            "two_object",
            "counting",
            "colors",
            "position",
            "color_attr",
            "overall",
            "background")
        .endsWith(
            "overall",
            "seconds an answer (median)",
            "object PSNR (dB)",
            "judge right on reconstructions",
            "judge right on renderings");
    double judged = Double.parseDouble(names.getLast().replaceAll(".* ", ""));
    assertThat(judged).isGreaterThanOrEqualTo(0.9);
    // the shipped model is far better at this than a coin
    assertThat(score(run, "background")).isGreaterThan(0.5);
  }

  @Test
  void itsLastPartCanBeStoppedToo() {
    StopSignal stop = new StopSignal();
    StringWriter err = new StringWriter();
    StringWriter out = new StringWriter();
    PrintWriter stopsBeforeTheLastReconstruction =
        new PrintWriter(err) {
          @Override
          public PrintWriter printf(Locale locale, String format, Object... values) {
            super.printf(locale, format, values);
            if (err.toString().contains(" 94%")) { // 15 of 6 pictures and 10 reconstructions
              stop.stop();
            }
            return this;
          }
        };
    Terminal terminal =
        new Terminal(new PrintWriter(out), stopsBeforeTheLastReconstruction, stop, false);
    int status =
        Main.run(
            terminal,
            "evaluate",
            "--model=" + GenerateCommandTest.MODEL,
            "--prompts=1",
            "--questions=0",
            "--pictures=10",
            "--timesteps=1");

    assertThat(status).isEqualTo(130);
    assertThat(err.toString()).doesNotContain("100%");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void theSeedDecidesThePictures() {
    String[] quick = {"--prompts=2", "--questions=0", "--pictures=0", "--timesteps=4", "--seed=3"};
    CommandRun first = evaluate(quick);
    CommandRun second = evaluate(quick);

    assertThat(first.status()).as(first.err()).isZero();
    assertThat(second.out()).isEqualTo(first.out()).doesNotContain("NaN", "questions");
  }

  private static double score(CommandRun run, String name) {
    return run.out()
        .lines()
        .filter(line -> line.strip().startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.strip().replaceAll(".* ", "")))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--prompts=51   | prompts is 51, expected 1 to 50",
        "--prompts=0    | prompts is 0, expected 1 to 50",
        "--questions=-1 | questions is -1, expected 0 or more",
        "--pictures=-2  | pictures is -2, expected 0 or more"
      })
  void numbersOutOfRangeAreOneLine(String option, String message) {
    CommandRun run = evaluate(option);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "speed      | There is no suite \"speed\"; choose of names, geneval",
        "names      | This model knows the shapes world, which has no suites",
        "--trials=0 | trials is 0, expected 1 or more",
        "--trials=3 | This model knows the shapes world"
      })
  void suitesAreOfTheWorldOfPictograms(String option, String message) {
    CommandRun run = evaluate(option);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().contains(message);
  }

  @Test
  void whatIsHeldOutIsTold() {
    CommandRun run = evaluate("--what-is-held-out");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines().map(line -> line.replaceAll("\t.*", "")).distinct())
        .contains("pairs", "relations", "counts", "words");
    assertThat(run.out().lines()).hasSizeGreaterThan(10_000);
  }

  /// The shipped model knows nothing of pictograms, and is asked all the same.
  @Test
  void suitesLeaveTablesScoresSheetsAndEveryTrial(@TempDir Path folder) throws IOException {
    assumeTrue(IconFolder.isThere(), "needs the pictograms: run bin/fetch-icons (npm and network)");
    CommandRun run =
        evaluate(
            "names",
            "reconstruct",
            "--world=pictograms",
            "--trials=1",
            "--timesteps=1",
            "--json=" + folder.resolve("scores.json"),
            "--sheets=" + folder);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("names: ", "by anyone", "reconstruct: ", "PSNR of objects");
    assertThat(Files.readString(folder.resolve("scores.json")))
        .contains("\"names\"", "\"reconstruct\"", "\"limit\" : 1");
    assertThat(ImageFiles.read(folder.resolve("names.png")).width()).isGreaterThan(128);
    assertThat(Files.readAllLines(folder.resolve("names.tsv")))
        .hasSize(3)
        .first()
        .asString()
        .matches("by anyone\t0.000\t1\ta.*");
  }
}
