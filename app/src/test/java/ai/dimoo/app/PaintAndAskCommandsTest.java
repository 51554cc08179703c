package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.request.PictureCodes;
import ai.dimoo.sequence.CodeGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that take pictures, with the pocket model, through the program's own entry.
class PaintAndAskCommandsTest {

  private static final String PROMPT = "a red circle";

  @TempDir Path folder;
  private Path image;
  private Path out;
  private Path again;

  @BeforeEach
  void makePicture() {
    image = folder.resolve("image.png");
    out = folder.resolve("out.png");
    again = folder.resolve("again.png");
    done(run("generate", PROMPT, "--timesteps", 2, "--seed", 3, "-o", image));
  }

  private static CommandRun run(Object... arguments) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(arguments).map(String::valueOf),
                Stream.of("--model", GenerateCommandTest.MODEL))
            .toArray(String[]::new));
  }

  private static CommandRun done(CommandRun run) {
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  @Test
  void retouchLeavesTokensAndPixelsElsewhereIdentical() {
    done(
        run(
            "retouch",
            "a blue star",
            "-i",
            image,
            "--box",
            "32,32,64,64",
            "--timesteps",
            2,
            "-o",
            out));
    CodeGrid before = codes(image);
    CodeGrid after = codes(out);

    for (int row = 0; row < 8; row++) {
      for (int column = 0; column < 8; column++) {
        if (row < 2 || row > 5 || column < 2 || column > 5) {
          assertThat(after.code(row, column)).isEqualTo(before.code(row, column));
        }
      }
    }
    assertThat(ImageFiles.read(out)).isNotEqualTo(ImageFiles.read(image));

    CommandRun like = done(run("retouch", "--like", out, "-i", image, "-o", again));
    assertThat(like.err()).doesNotContain("note: that picture");
    assertThat(ImageFiles.read(again)).isEqualTo(ImageFiles.read(out));
  }

  private static CodeGrid codes(Path file) {
    PictureCodes codes = PictureCodes.in(file, ImageFiles.read(file));
    assertThat(codes).isNotNull();
    return codes.grid();
  }

  @Test
  void inpaintIsMadeAgainFromItsPictureAndSaysIfTheInputDiffers() {
    done(run("inpaint", PROMPT, "-i", image, "--timesteps", 2, "-o", out));
    done(run("inpaint", "--like", out, "-i", image, "-o", again));
    assertThat(ImageFiles.read(again)).isEqualTo(ImageFiles.read(out));
    assertThat(ImageFiles.textOf(out))
        .containsKeys("image", "mask")
        .containsEntry("task", "inpaint");

    CommandRun other = done(run("inpaint", "--like", out, "-i", out, "-o", again));
    assertThat(other.err()).contains("note: that picture was made from another --image");
  }

  @Test
  void outpaintContinuesAPicture() {
    done(
        run(
            "outpaint",
            PROMPT,
            "-i",
            image,
            "--expand=0,0,32,0",
            "--force",
            "--timesteps=2",
            "-o",
            out));

    assertThat(ImageFiles.read(out).size()).isEqualTo(new Size(160, 128));
  }

  @Test
  void aPictureNarrowerThanATokenIsRefusedInOneLine() throws IOException {
    Path narrow = folder.resolve("narrow.png");
    Files.write(narrow, ImageFiles.encodePng(Picture.filled(new Size(5, 300), 0), Map.of()));
    for (String command : List.of("inpaint", "outpaint", "retouch")) {
      String box = "--box=0,0,5,300";
      CommandRun run = run(command, PROMPT, "-i", narrow, box, "--force", "-o", out);
      assertThat(run.status()).as(run.err()).isEqualTo(2);
      assertThat(run.err().lines())
          .singleElement()
          .asString()
          .startsWith("dimoo: The picture is 5x300, too small for this model: each side needs");
    }
    assertThat(out).doesNotExist();
  }

  private void addAStar() {
    done(
        run(
            "edit",
            "Add a star.",
            "--task",
            "edit_add",
            "-i",
            image,
            "--force",
            "--timesteps=1",
            "-o",
            out));
  }

  @Test
  void editTakesTheTasksInputs() {
    addAStar();
    done(run("edit", "--like", out, "-i", image, "-o", again));

    assertThat(ImageFiles.read(again)).isEqualTo(ImageFiles.read(out));
    assertThat(ImageFiles.textOf(out)).containsEntry("task", "edit_add");
    done(
        run(
            "edit",
            "--task=image_ref_transfer",
            "-i",
            image,
            "--reference",
            out,
            "--force",
            "--timesteps=1",
            "-o",
            again));
    assertThat(ImageFiles.textOf(again)).containsKey("reference");
  }

  @Test
  void aTaskThatTheModelWasNotTrainedForIsRefused() {
    refused(
        run("edit", "--task=multi_view_below", "-i", image, "-o", out),
        "not trained for multi_view_below, only for text_to_image, inpaint, outpaint, retouch, ");
    assertThat(out).doesNotExist();
  }

  @Test
  void editTakesThePromptOfAnotherTasksPictureOnlyIfItWantsOne() {
    addAStar();
    done(run("edit", "--like", out, "--task", "canny_dense", "-i", image, "-o", again));

    assertThat(ImageFiles.textOf(again))
        .containsEntry("task", "canny_dense")
        .containsEntry("prompt", "");
  }

  @Test
  void referencePromptsHoldForATaskThatComesFromAPicture() {
    done(run("edit", "--task=canny_pred", "-i", image, "--force", "--timesteps=1", "-o", out));
    Map<String, String> recipe = new LinkedHashMap<>(ImageFiles.textOf(out));
    assertThat(recipe).containsEntry("task", "canny_dense");
    recipe.put("task", "canny_pred"); // which the reference does not take for canny_dense
    recipe.put("prompt", "edges");
    ImageFiles.writePng(out, ImageFiles.read(out), recipe);
    done(run("edit", "--like", out, "--reference-prompts", "-i", image, "-o", again));

    assertThat(ImageFiles.textOf(again))
        .containsEntry("task", "canny_pred")
        .containsEntry("prompt", "edges")
        .containsEntry("task_as_reference", "true");
  }

  @Test
  void askAnswersOnStandardOutput() {
    CommandRun free = done(run("ask", "How many circles are there?", "--image", image));
    CommandRun again = done(run("ask", "How many circles are there?", "--image", image));
    CommandRun one = done(run("ask", "Is there a circle?", "--image", image, "--one-token"));

    assertThat(free.out().lines()).hasSize(1);
    assertThat(again.out()).isEqualTo(free.out());
    assertThat(one.out().lines()).hasSize(1);
    assertThat(free.err()).contains(" tokens, seed ");
  }

  @Test
  void whatCannotBeIsOneLine() {
    refused(run("inpaint", PROMPT, "-i", image, "--box", "0,0,129,16"), "beyond the picture");
    refused(run("inpaint", PROMPT, "-i", image, "--box", "0,0,129"), "not a box");
    refused(run("inpaint", PROMPT, "-i", image, "--box=0,0,16,16", "--mask=x.png"), "Give one of");
    refused(run("inpaint", PROMPT, "-i", image, "--mask-h-ratio", 2), "0 to 1");
    refused(run("inpaint", PROMPT), "--image");
    refused(run("inpaint", PROMPT, "-i", "pom.xml"), "pom.xml");
    refused(run("inpaint", PROMPT, "-i", folder.resolve("none.png")), "none.png");
    refused(run("retouch", PROMPT, "-i", image), "--box");
    refused(run("outpaint", PROMPT, "-i", image, "--expand", "1,2"), "LEFT,TOP,RIGHT,BOTTOM");
    refused(
        run("outpaint", PROMPT, "-i", image, "--expand=0,0,16,0", "--box=0,0,16,16"), "--expand");
    refused(run("edit", PROMPT, "-i", image), "--task");
    refused(run("edit", PROMPT, "-i", image, "--task", "paint"), "edit_add");
    refused(run("edit", "-i", image, "--task", "edit_add"), "No prompt");
    refused(run("edit", PROMPT, "-i", image, "--task", "canny_dense"), "Leave the prompt out");
    refused(run("edit", "-i", image, "--task", "image_ref_transfer"), "reference");
    refused(run("ask", "What?"), "--image");
    refused(run("ask", "What?", "-i", image, "--one-token", "--steps=4"), "--one-token");
    refused(run("ask", "What?", "-i", image, "--no-cache", "--cache"), "--no-cache");
    refused(
        run("ask", "What?", "-i", image, "--gen-length=7", "--block-length=2"),
        "--gen-length is 7");
    refused(run("generate", "--like", out.resolveSibling("image.jpg")), "image.jpg");
  }

  @Test
  void anAbsurdlyLargePictureIsOneLine() {
    Picture large = Picture.filled(new Size(4096, 4096), 0xffffff);
    ImageFiles.writePng(image, large, Map.of());

    refused(run("inpaint", PROMPT, "-i", image), "too large");
  }

  private void refused(CommandRun run, String explanation) {
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err().lines()).singleElement().asString().contains(explanation);
    assertThat(out).doesNotExist();
  }
}
