package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.request.Recipe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `-` in place of a file is standard input or standard output.
class StreamsTest {

  private static final String MODEL = "../models/pocket";

  private final InputStream in = System.in;
  private final PrintStream out = System.out;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(written));
  }

  @AfterEach
  void giveBack() {
    System.setIn(in);
    System.setOut(out);
  }

  private byte[] drawn() {
    CommandRun run =
        CommandRun.of(
            "generate", "a red circle", "-o", "-", "--timesteps=2", "--seed=3", "--model=" + MODEL);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(Files.exists(Path.of("-"))).isFalse();
    return written.toByteArray();
  }

  @Test
  void aPictureGoesToStandardOutput() {
    byte[] png = drawn();
    assertThat(ImageFiles.sizeOf(png, "it")).isEqualTo(ImageFiles.read(png, "it").size());
    assertThat(Recipe.ofTexts(ImageFiles.textOf(png, "it"), "it").settings().seed()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inspect", "generate -o - --timesteps 1 circle", "--help"})
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /dev/full")
  void outputThatIsLostIsAFailure(String arguments) throws Exception {
    List<String> command = ProgramCommand.of("1g", arguments.split(" "));
    Process process = new ProcessBuilder(command).redirectOutput(new File("/dev/full")).start();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(err).isEqualTo(ErrorReport.ENVIRONMENT);
    assertThat(err)
        .endsWith("Cannot write to standard output: the disk is full. Write it somewhere else.\n");
  }

  @Test
  void aPictureComesFromStandardInput() {
    byte[] png = drawn();
    System.setIn(new ByteArrayInputStream(png));
    CommandRun asked = CommandRun.of("ask", "What is it?", "-i", "-", "--model=" + MODEL);
    assertThat(asked.status()).as(asked.err()).isZero();

    System.setIn(new ByteArrayInputStream(png));
    written.reset();
    CommandRun again = CommandRun.of("generate", "--like", "-", "-o", "-", "--model=" + MODEL);
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(ImageFiles.read(written.toByteArray(), "it")).isEqualTo(ImageFiles.read(png, "it"));
  }

  @Test
  void whatIsNoPictureIsOneLine() {
    System.setIn(new ByteArrayInputStream(new byte[0]));
    CommandRun run = CommandRun.of("inpaint", "a circle", "-i", "-", "--model=" + MODEL);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("dimoo: Standard input is empty").hasLineCount(1);
  }

  @Test
  void aQuestionSaysWhatItDoesNotSee() {
    System.setIn(
        new ByteArrayInputStream(
            ImageFiles.encodePng(Picture.filled(new Size(1280, 128), 0xff0000), Map.of())));
    CommandRun run = CommandRun.of("ask", "What is it?", "-i", "-", "--model=" + MODEL);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("note: Of the picture of 1280x128 the model sees the middle, ");

    System.setIn(
        new ByteArrayInputStream(
            ImageFiles.encodePng(Picture.filled(new Size(1280, 128), 0xff0000), Map.of())));
    CommandRun padded =
        CommandRun.of("ask", "What is it?", "-i", "-", "--fit", "pad", "--model=" + MODEL);
    assertThat(padded.status()).as(padded.err()).isZero();
    assertThat(padded.err()).doesNotContain("sees the middle");
  }

  @Test
  void aPictureTooThinToBePaddedIsOneLine() {
    System.setIn(
        new ByteArrayInputStream(
            ImageFiles.encodePng(Picture.filled(new Size(4000, 1), 0xff0000), Map.of())));
    CommandRun run =
        CommandRun.of("ask", "What is it?", "-i", "-", "--fit", "pad", "--model=" + MODEL);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines()).singleElement().asString().contains("4000x1, too elongated");
  }
}
