package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Box;
import ai.dimoo.image.Mask;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.PaintArea;
import ai.dimoo.request.PictureCodes;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.Retouch;
import ai.dimoo.request.TextToImage;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.TokenMask;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Inpainting, outpainting and retouching, on a model of random weights.
class PaintingTest {

  private static final String PROMPT = "a red circle";

  @TempDir static Path folder;
  private static Dimoo dimoo;
  private static GeneratedPicture original;

  @BeforeAll
  static void open() {
    dimoo = Dimoo.open(TinyModel.write(folder.resolve("tiny")), TinyModel.OPTIONS);
    original = dimoo.generate(TextToImage.of(PROMPT).size(48, 32).seed(2).build());
  }

  @AfterAll
  static void close() {
    dimoo.close();
  }

  @Test
  void retouchingLeavesEveryTokenOutsideTheBoxIdentical() {
    Box box = new Box(17, 3, 10, 6); // touches the tokens of rows 0..1, columns 2..3
    int changed = 0;
    for (int seed = 0; seed < 3; seed++) {
      CodeGrid after =
          dimoo.generate(original.retouch("something else", box).seed(seed).build()).codes();
      for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 6; column++) {
          boolean touched = row <= 1 && (column == 2 || column == 3);
          boolean same = after.code(row, column) == original.codes().code(row, column);
          assertThat(same || touched).as("row %d, column %d", row, column).isTrue();
          changed += same ? 0 : 1;
        }
      }
    }
    assertThat(changed).isPositive();
  }

  @Test
  void codesOfAnotherModelOrOfAnEditedPictureAreNotTrusted() {
    PictureCodes foreign = new PictureCodes(original.codes(), "0123456789abcdef");
    Box box = new Box(0, 0, 8, 8);
    Retouch plain = Retouch.of(PROMPT, original.picture(), box).seed(1).build();
    Retouch withForeign =
        Retouch.of(PROMPT, original.picture(), box).codes(foreign).seed(1).build();

    assertThat(dimoo.generate(withForeign).codes()).isEqualTo(dimoo.generate(plain).codes());
    assertThat(PictureCodes.of(original.toTexts(), Pictures.of(48, 32, 1))).isNull();
  }

  @Test
  void codesThatTheCodebookDoesNotHaveAreNotTrusted() {
    Box box = new Box(0, 0, 8, 8);
    GeneratedPicture without =
        dimoo.generate(Retouch.of(PROMPT, original.picture(), box).seed(1).build());
    for (int beyond : new int[] {TinyModel.CODES, 0xffff}) {
      int[] codes = original.codes().codes();
      codes[codes.length - 1] = beyond;
      CodeGrid grid = new CodeGrid(4, 6, codes);
      String text = new PictureCodes(grid, dimoo.model().fingerprint()).toText(original.picture());
      PictureCodes crafted =
          PictureCodes.of(Map.of(PictureCodes.KEYWORD, text), original.picture());
      assertThat(crafted).isNotNull();
      assertThat(crafted.grid()).isEqualTo(grid);

      Retouch request = Retouch.of(PROMPT, original.picture(), box).codes(crafted).seed(1).build();

      assertThat(dimoo.generate(request).codes()).isEqualTo(without.codes());
    }
  }

  @Test
  void inpaintingRepaintsTheAreaAndOutpaintingTheRest() {
    Picture image = Pictures.of(48, 32, 0);
    PaintArea area = new PaintArea.InBox(new Box(16, 8, 16, 16));
    String inside = masked(dimoo.generate(Inpaint.of(PROMPT, image).area(area).seed(1).build()));
    String outside = masked(dimoo.generate(Outpaint.of(PROMPT, image).area(area).seed(1).build()));

    assertThat(inside).isEqualTo("....../..##../..##../......");
    assertThat(outside).isEqualTo("######/##..##/##..##/######");
  }

  @Test
  void withoutAnAreaTheReferencesRectanglesHold() {
    Picture image = Pictures.of(80, 32, 0);
    String inside = masked(dimoo.generate(Inpaint.of(PROMPT, image).seed(1).build()));
    String outside = masked(dimoo.generate(Outpaint.of(PROMPT, image).seed(1).build()));

    assertThat(inside).isEqualTo("........../...####.../...####.../..........");
    assertThat(outside).isEqualTo("####..####/####..####/####..####/####..####");
  }

  @Test
  void aMaskPictureMarksWhatIsRepainted() {
    Picture image = Pictures.of(32, 32, 0);
    PaintArea area = new PaintArea.Marked(Mask.of(new Size(4, 4), (x, y) -> x == 3));

    for (ImageRequest request :
        new ImageRequest[] {
          Inpaint.of(PROMPT, image).area(area).seed(1).build(),
          Outpaint.of(PROMPT, image).area(area).seed(1).build()
        }) {
      assertThat(masked(dimoo.generate(request))).isEqualTo("...#/...#/...#/...#");
    }
  }

  @Test
  void theMaskOfARecipeMakesThePictureAgain() {
    Picture image = Pictures.of(35, 33, 0); // floored to 32x32
    GeneratedPicture first =
        dimoo.generate(
            Inpaint.of(PROMPT, image)
                .area(new PaintArea.InBox(new Box(0, 0, 20, 20)))
                .seed(4)
                .build());
    Recipe recipe = first.recipe();
    GeneratedPicture again = dimoo.generate(recipe.request(Recipe.Inputs.of(image)));

    assertThat(again.picture()).isEqualTo(first.picture());
    assertThat(again.recipe()).isEqualTo(recipe);
    assertThat(recipe.hasInput(Recipe.IMAGE, image)).isTrue();
    assertThat(recipe.hasInput(Recipe.IMAGE, Pictures.of(35, 33, 1))).isFalse();
  }

  @Test
  void expandingKeepsTheWholePictureInItsPlace() {
    Outpaint request =
        Outpaint.of(PROMPT, Pictures.of(16, 16, 0)).expand(8, 0, 16, 8).seed(1).build();
    GeneratedPicture result = dimoo.generate(request);

    assertThat(result.picture().size()).isEqualTo(new Size(40, 24));
    assertThat(masked(result)).isEqualTo("#..##/#..##/#####");
  }

  @Test
  void expandingBeyondWhatMemoryHoldsIsRefusedBeforeAnyIsTaken() {
    Outpaint.Builder outpaint = Outpaint.of(PROMPT, Pictures.of(16, 16, 0));

    assertThatThrownBy(() -> outpaint.expand(16_000, 0, 0, 16_000))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("16x16")
        .hasMessageContaining("pixels in all");
    assertThatThrownBy(() -> outpaint.expand(Integer.MAX_VALUE, 0, Integer.MAX_VALUE, 0))
        .isInstanceOf(UserException.class);
  }

  @Test
  void areasThatDoNotFitAreOneLine() {
    Picture image = Pictures.of(32, 32, 0);
    refused(Inpaint.of(PROMPT, image).area(new PaintArea.InBox(new Box(30, 0, 8, 8))).build());
    refused(Inpaint.of(PROMPT, image).area(new PaintArea.InBox(new Box(0, 0, 1, 1))).build());
    refused(
        Inpaint.of(PROMPT, image)
            .area(new PaintArea.Tokens(TokenMask.of(2, 2, (row, column) -> true)))
            .build());
    refused(Inpaint.of(PROMPT, image).area(new PaintArea.Centred(0, 0)).build());
    refused(Inpaint.of(PROMPT, Pictures.of(7, 32, 0)).build());
    refused(Inpaint.of(PROMPT, Picture.filled(new Size(4096, 4096), 0)).build());
  }

  private static void refused(ImageRequest request) {
    assertThatThrownBy(() -> dimoo.generate(request))
        .isInstanceOf(UserException.class)
        .hasMessageNotContaining("\n");
  }

  private static String masked(GeneratedPicture picture) {
    return picture.recipe().inputs().get(Recipe.MASK);
  }
}
