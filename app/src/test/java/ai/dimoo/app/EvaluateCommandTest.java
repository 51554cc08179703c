package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.train.worlds.pictograms.things.IconFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "speed      | There is no suite \"speed\"; choose of names, geneval",
        "--trials=0 | --trials is 0, expected 1 or more.",
        "--seed=-1  | --seed is -1, expected 0 or more: this is repeated by its seed",
        "--world=shapes | Unknown option --world=shapes"
      })
  void whatCannotBeIsOneLine(String option, String message) {
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

  @Test
  void suitesLeaveTablesScoresSheetsAndEveryTrial(@TempDir Path folder) throws IOException {
    requireIcons();
    String[] options = {
      "names",
      "reconstruct",
      "--trials=1",
      "--timesteps=8",
      "--seed=3",
      "--json=" + folder.resolve("scores.json"),
      "--sheets=" + folder
    };
    CommandRun run = evaluate(options);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("names: ", "by anyone", "reconstruct: ", "PSNR of objects");
    assertThat(Files.readString(folder.resolve("scores.json")))
        .contains("\"names\"", "\"reconstruct\"", "\"limit\" : 1");
    Picture sheet = ImageFiles.read(folder.resolve("names.png"));
    assertThat(sheet.width()).isGreaterThan(128);
    assertThat(Files.readAllLines(folder.resolve("names.tsv")))
        .hasSize(3)
        .first()
        .asString()
        .matches("by anyone\t[01]\\.000\t1\ta.*");

    CommandRun again = evaluate(options);
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(ImageFiles.read(folder.resolve("names.png"))).isEqualTo(sheet);
  }

  @Test
  void itsLastPartCanBeStoppedToo() {
    requireIcons();
    StopSignal stop = new StopSignal();
    StringWriter err = new StringWriter();
    StringWriter out = new StringWriter();
    PrintWriter stopsInTheMidst =
        new PrintWriter(err) {
          @Override
          public PrintWriter printf(Locale locale, String format, Object... values) {
            super.printf(locale, format, values);
            if (err.toString().contains("reconstruct: ")) {
              stop.stop();
            }
            return this;
          }
        };
    int status =
        Main.run(
            new Terminal(new PrintWriter(out), stopsInTheMidst, stop, false),
            "evaluate",
            "names",
            "reconstruct",
            "--model=" + GenerateCommandTest.MODEL,
            "--trials=1",
            "--timesteps=1");

    assertThat(status).isEqualTo(130);
    assertThat(err.toString()).contains("reconstruct: ").doesNotContain("reconstruct: 100%");
    assertThat(out.toString()).contains("names: ").doesNotContain("reconstruct: ");
  }

  private static void requireIcons() {
    assumeTrue(IconFolder.isThere(), "needs the pictograms: run bin/fetch-icons (npm and network)");
  }
}
