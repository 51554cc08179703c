package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `dimoo generate` with the pocket model, through the program's own entry.
class GenerateCommandTest {

  static final String MODEL = "../models/pocket";
  private static final String PROMPT = "a red circle";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("out.png");
  }

  /// The command with the pocket model and few steps.
  private static CommandRun generate(Object... arguments) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("generate", "--model", MODEL, "--timesteps", "3"),
                Stream.of(arguments).map(String::valueOf))
            .toArray(String[]::new));
  }

  @Test
  void whatTheModelWasNeverTaughtIsSaid() {
    CommandRun run = generate("a red sqare and a quokka", "-o", file, "--width=256");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err().lines().filter(line -> line.startsWith("note: ")))
        .containsExactly(
            "note: The model does not know \"sqare\"; the nearest word that it knows is"
                + " \"square\".",
            "note: The model does not know \"quokka\".",
            "note: The model was trained for pictures of 128x128, 64x64, not 256x128: the picture is"
                + " made at 128x128 and stretched, for want of its shape.");
  }

  @Test
  void writesAPictureWithItsSettingsAndPrintsItsName() {
    CommandRun run = generate(PROMPT, "--seed", 0, "-o", file, "--cfg-scale", 2, "--noise=exact");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().strip()).isEqualTo(file.toString());
    assertThat(run.err()).contains("generate: ", "3 of 3 steps", "128x128 pixels, seed 0, ");
    assertThat(ImageFiles.read(file).size()).isEqualTo(new Size(128, 128));
    assertThat(ImageFiles.textOf(file))
        .containsEntry("prompt", PROMPT)
        .containsEntry("task", "text_to_image")
        .containsEntry("seed", "0")
        .containsEntry("timesteps", "3")
        .containsEntry("cfg_scale", "2.0")
        .containsEntry("noise", "exact")
        .containsEntry("model", "pocket")
        .containsKeys("temperature", "dtype", "device", "model_fingerprint", "Software");
    assertThat(filesIn(folder)).containsExactly("out.png");
  }

  @Test
  void minusOneIsANewSeed() {
    CommandRun run = generate(PROMPT, "-o", file, "--seed", -1);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Long.parseLong(ImageFiles.textOf(file).get("seed"))).isNotNegative();
  }

  @Test
  void likeAsksForTheModelThatMadeThePicture() {
    CommandRun first = generate(PROMPT, "-o", file, "--seed", 0);
    assertThat(first.status()).as(first.err()).isZero();
    Map<String, String> recipe = new HashMap<>(ImageFiles.textOf(file));
    Path other = folder.resolve("other.png");
    Path hub = folder.resolve("hub.png");
    recipe.put("model_fingerprint", "0123456789abcdef");
    ImageFiles.writePng(other, ImageFiles.read(file), recipe);
    recipe.put("model", "some/where@0123456789abcdef0123456789abcdef01234567");
    ImageFiles.writePng(hub, ImageFiles.read(file), recipe);
    Path again = folder.resolve("again.png");

    CommandRun unknown = CommandRun.of("generate", "--like", "" + hub, "-o", "" + again);
    CommandRun chosen =
        CommandRun.of("generate", "--model", MODEL, "--like", "" + other, "-o", "" + again);

    refused(unknown, "dimoo download some/where --revision 0123456789abcdef");
    assertThat(chosen.status()).as(chosen.err()).isZero();
    assertThat(chosen.err()).contains("note: that picture was made by another model");
  }

  @Test
  void likeAsksForTheAdaptersOfAPicture() {
    CommandRun first = generate(PROMPT, "-o", file, "--seed", 0);
    assertThat(first.status()).as(first.err()).isZero();
    Map<String, String> recipe = new HashMap<>(ImageFiles.textOf(file));
    recipe.put("model", "pocket+stars+moons:0.5");
    recipe.put("model_fingerprint", "0123456789abcdef");
    Path adapted = folder.resolve("adapted.png");
    ImageFiles.writePng(adapted, ImageFiles.read(file), recipe);
    String again = folder.resolve("again.png").toString();
    refused(
        CommandRun.inCheckout("generate", "--like", "" + adapted, "-o", again),
        "The picture was made by pocket+stars+moons:0.5, and this model is pocket: give the adapters");
  }

  @Test
  void likeMakesAPictureAgainBitForBitAndOptionsChangeIt() {
    Path again = folder.resolve("again.png");
    Path other = folder.resolve("other.png");
    CommandRun first =
        generate(PROMPT, "-o", file, "--cache-ratio=0.5", "--temperature=0.9", "--width", 144);
    CommandRun second =
        CommandRun.of("generate", "--model", MODEL, "--like", "" + file, "-o", "" + again);
    CommandRun third =
        CommandRun.of(
            "generate", "--model", MODEL, "--like", "" + file, "-o", "" + other, "--seed", "1");

    assertThat(first.status()).as(first.err()).isZero();
    assertThat(second.status()).as(second.err()).isZero();
    assertThat(second.err()).doesNotContain("note: that picture");
    assertThat(ImageFiles.read(again)).isEqualTo(ImageFiles.read(file));
    assertThat(ImageFiles.textOf(again)).isEqualTo(ImageFiles.textOf(file));
    assertThat(third.status()).as(third.err()).isZero();
    assertThat(ImageFiles.textOf(other))
        .containsEntry("seed", "1")
        .containsEntry("cache_ratio", "0.5")
        .containsEntry("width", "144");
  }

  @Test
  void likeCanLeaveOutTheCache() {
    Path other = folder.resolve("other.png");
    CommandRun first = generate(PROMPT, "-o", file, "--cache");
    CommandRun second = generate("--like", file, "-o", other, "--no-cache");

    assertThat(first.status()).as(first.err()).isZero();
    assertThat(second.status()).as(second.err()).isZero();
    assertThat(ImageFiles.textOf(file)).containsKey("cache_ratio");
    assertThat(ImageFiles.textOf(other)).doesNotContainKey("cache_ratio");
    refused(generate(PROMPT, "-o", file, "--no-cache", "--cache"), "--no-cache");
    refused(generate(PROMPT, "-o", file, "--no-cache", "--cache-ratio=0.5"), "--no-cache");
  }

  @Test
  void thePreviewIsThePictureInTheEnd() {
    Path preview = folder.resolve("preview.png");
    CommandRun run = generate(PROMPT, "-o", file, "--preview", preview);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(ImageFiles.read(preview)).isEqualTo(ImageFiles.read(file));
  }

  @Test
  void aPreviewThatCannotBeWrittenDoesNotLoseThePicture() {
    assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no device that is always full");
    CommandRun run = generate(PROMPT, "-o", file, "--preview", "/dev/full");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(ImageFiles.read(file).size()).isEqualTo(new Size(128, 128));
    assertThat(run.err().lines().filter(line -> line.startsWith("note: ")))
        .singleElement()
        .asString()
        .contains("no more previews", "/dev/full");
  }

  @Test
  void theLastPreviewHoldsThePictureThatCannotBeWritten() {
    assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no device that is always full");
    Path preview = folder.resolve("preview.png");
    CommandRun run = generate(PROMPT, "-o", "/dev/full", "--preview", preview);

    assertThat(run.status()).isEqualTo(3);
    assertThat(ImageFiles.textOf(preview)).containsEntry("prompt", PROMPT);
  }

  @Test
  void stoppingLeavesNoFile() {
    StringWriter err = new StringWriter();
    StopSignal stop = new StopSignal();
    PrintWriter stopsAtTheFirstStep =
        new PrintWriter(err) {
          @Override
          public PrintWriter printf(Locale locale, String format, Object... values) {
            stop.stop();
            return super.printf(locale, format, values);
          }
        };
    Terminal terminal =
        new Terminal(new PrintWriter(new StringWriter()), stopsAtTheFirstStep, stop, false);
    int status =
        Main.run(
            terminal,
            "generate",
            PROMPT,
            "--model=" + MODEL,
            "--output=" + file,
            "--preview=" + folder.resolve("preview.png"));

    assertThat(status).isEqualTo(130);
    assertThat(err.toString().lines()).last().isEqualTo("dimoo: stopped.");
    assertThat(filesIn(folder)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--untrained-size force --width 130 | 2 | multiple of 16",
        "--untrained-size strict --width 130 | 2 | trained for 128x128",
        "--width 0              | 2 | --width is 0",
        "--width -16            | 2 | --width is -16",
        "--width 1000000000     | 2 | 1000000000x128; at most",
        "--height many          | 2 | not a whole number",
        "--timesteps 0          | 2 | timesteps",
        "--temperature -1       | 2 | temperature",
        "--cfg-scale NaN        | 2 | --cfg-scale is NaN, expected a number of at least 0.",
        "--cache-ratio 1.5      | 2 | --cache-ratio is 1.5",
        "--device gpu           | 2 | cpu",
        "--dtype float16        | 2 | bfloat16, float32, int8 or int4",
        "--noise coarse         | 2 | reference or exact",
        "--model nowhere/at/all | 2 | nowhere",
        "--like nowhere.png     | 2 | nowhere.png",
        "--like pom.xml         | 2 | pom.xml",
        "--preview out.jpg      | 2 | PNG",
        "--output nowhere/x.png | 2 | nowhere",
        "--output src           | 2 | folder",
        "--colour red           | 2 | --colour",
        "--steps 4              | 2 | did you mean --full-steps or --timesteps?",
      })
  void whatCannotBeIsOneLine(String options, int status, String explanation) {
    String line = "generate|" + PROMPT + "|--timesteps=1|" + options.strip().replace(' ', '|');
    if (!options.contains("--model")) {
      line += "|--model=" + MODEL;
    }
    if (!options.contains("--output")) {
      line += "|--output=" + file;
    }
    line = options.contains("--timesteps") ? line.replace("|--timesteps=1", "") : line;
    CommandRun run = CommandRun.of(line.split("\\|"));

    assertThat(run.status()).as(run.err()).isEqualTo(status);
    assertThat(run.err().lines()).singleElement().asString().contains(explanation);
    assertThat(run.out()).isEmpty();
    assertThat(filesIn(folder)).isEmpty();
  }

  @Test
  void aPromptMayBeginWithAnAtSign() throws IOException {
    Path options = folder.resolve("options");
    Files.writeString(options, "--colour");
    CommandRun run = generate("@" + options, "-o", file);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(ImageFiles.textOf(file)).containsEntry("prompt", "@" + options);
  }

  @Test
  void aPromptIsNeededAndMayBeTooLong() {
    refused(generate("-o", file), "No prompt");
    refused(generate(" ", "-o", file), "prompt is empty");
    refused(generate("word ".repeat(3000), "-o", file), "shorten");
  }

  @Test
  void aPictureOfAnotherTaskOrProgramIsNotLikeThis() {
    ImageFiles.writePng(file, Picture.filled(new Size(8, 8), 0), Map.of());
    refused(generate("--like", file, "-o", file), "does not say its task");
    ImageFiles.writePng(file, Picture.filled(new Size(8, 8), 0), Map.of("task", "inpaint"));
    refused(generate("--like", file, "-o", file), file.toString());
  }

  private static void refused(CommandRun run, String explanation) {
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines()).singleElement().asString().contains(explanation);
  }

  @Test
  void aFullDiskIsOneLine() {
    assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no device that is always full");
    CommandRun run = generate(PROMPT, "-o", "/dev/full");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err().lines()).last().asString().startsWith("dimoo: ").contains("full");
  }

  private static List<String> filesIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
