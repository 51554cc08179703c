package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.Noise;
import ai.dimoo.image.Box;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Edit;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.PaintArea;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.TextToImage;
import ai.dimoo.torch.Dtype;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples of docs/library.md, as they stand there: compiled, run, and compared with the page.
class LibraryExamplesTest {

  private static final Path PAGE = Path.of("../docs/library.md");
  private static final Path THIS = Path.of("src/test/java/ai/dimoo/LibraryExamplesTest.java");

  @TempDir static Path folder;
  private static Path model;

  @BeforeAll
  static void makeModel() {
    model = TinyModel.write(folder.resolve("tiny"));
  }

  @BeforeEach
  void makePicture() {
    ImageFiles.writePng(folder.resolve("photo.png"), Pictures.of(64, 48, 0), Map.of());
    ImageFiles.writePng(folder.resolve("style.png"), Pictures.of(48, 48, 1), Map.of());
  }

  @Test
  void generate() {
    // example
    try (Dimoo dimoo = Dimoo.open(model)) {
      TextToImage request = TextToImage.of("a fox to the left of a pizza").seed(7).build();
      GeneratedPicture result = dimoo.generate(request);
      result.writePng(folder.resolve("fox.png"));
    }
    // end
    assertThat(ImageFiles.textOf(folder.resolve("fox.png"))).containsEntry("seed", "7");
  }

  @Test
  void everySetting() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream terminal = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    // example
    ModelOptions options = ModelOptions.DEFAULT.withDevice("cpu").withDtype(Dtype.FLOAT32);
    try (Dimoo dimoo = Dimoo.open(model, options)) {
      TextToImage request =
          TextToImage.of("a cat")
              .size(64, 32)
              .timesteps(12)
              .cfgScale(4.0)
              .temperature(1.0)
              .noise(Noise.EXACT)
              .cache(CacheSettings.DEFAULT)
              .seed(0)
              .build();
      GeneratedPicture result = dimoo.generate(request);
      System.out.println(result.seed() + " took " + result.timings().total());
    }
    // end
    System.setOut(terminal);
    assertThat(printed.toString(StandardCharsets.UTF_8).strip()).matches("0 took PT[0-9.]+S");
  }

  @Test
  void progress() {
    try (Dimoo dimoo = Dimoo.open(model, TinyModel.OPTIONS)) {
      List<Picture> shown = new ArrayList<>();
      Predicate<Picture> show = shown::add;
      TextToImage request = TextToImage.of("a cat").build();
      // example
      ProgressListener listener =
          new ProgressListener() {
            private boolean closed;

            @Override
            public void onStep(Step step) {
              System.out.printf("%d of %d, %d masked%n", step.step(), step.steps(), step.masked());
              if (step instanceof PictureStep forming) {
                closed = !show.test(forming.picture()); // grey where it is not decided yet
              }
            }

            @Override
            public boolean cancelled() {
              return closed; // true ends the request with a CancellationException
            }
          };
      GeneratedPicture result = dimoo.generate(request, listener);
      // end
      assertThat(shown).hasSize(TinyModel.TIMESTEPS).last().isEqualTo(result.picture());
    }
  }

  @Test
  void severalPictures() {
    try (Dimoo dimoo = Dimoo.open(model, TinyModel.OPTIONS)) {
      // example
      List<TextToImage> requests =
          Stream.of("a cat", "a rocket")
              .map(prompt -> TextToImage.of(prompt).seed(7).build())
              .toList();
      List<GeneratedPicture> results = dimoo.generate(requests);
      // end
      assertThat(results)
          .extracting(result -> result.recipe().prompt())
          .containsExactly("a cat", "a rocket");
    }
  }

  @Test
  void paint() {
    try (Dimoo dimoo = Dimoo.open(model, TinyModel.OPTIONS)) {
      // example
      Picture photo = ImageFiles.read(folder.resolve("photo.png"));

      PaintArea area = new PaintArea.InBox(new Box(16, 8, 24, 24));
      GeneratedPicture inside =
          dimoo.generate(Inpaint.of("a fox to the left of a cake", photo).area(area).build());

      GeneratedPicture wider =
          dimoo.generate(Outpaint.of("a fox and two pizzas", photo).expand(0, 0, 32, 0).build());

      GeneratedPicture retouched = // every token outside the box stays identical
          dimoo.generate(
              inside.retouch("a fox to the left of a cake", new Box(16, 8, 8, 8)).build());
      // end
      assertThat(wider.picture().width()).isEqualTo(96);
      assertThat(retouched.codes().code(0, 0)).isEqualTo(inside.codes().code(0, 0));
    }
  }

  @Test
  void edit() {
    try (Dimoo dimoo = Dimoo.open(model, TinyModel.OPTIONS)) {
      // example
      Picture photo = ImageFiles.read(folder.resolve("photo.png"));
      Picture style = ImageFiles.read(folder.resolve("style.png"));

      GeneratedPicture edited =
          dimoo.generate(Edit.of(Task.named("edit_add"), photo).prompt("Add a car.").build());
      GeneratedPicture styled =
          dimoo.generate(Edit.of(Task.named("image_ref_transfer"), photo).reference(style).build());
      GeneratedPicture edges = dimoo.generate(Edit.of(Task.named("canny_dense"), photo).build());
      // end
      assertThat(List.of(edited, styled, edges))
          .extracting(result -> result.recipe().task())
          .containsExactly("edit_add", "image_ref_transfer", "canny_dense");
      assertThat(edited.recipe().inputs()).containsOnlyKeys(Recipe.IMAGE);
      assertThat(styled.recipe().inputs()).containsOnlyKeys(Recipe.IMAGE, Recipe.REFERENCE);
    }
  }

  @Test
  void ask() {
    try (Dimoo dimoo = Dimoo.open(model, TinyModel.OPTIONS)) {
      // example
      Picture photo = ImageFiles.read(folder.resolve("photo.png"));
      Answer answer = dimoo.ask(Ask.of("How many foxes are there?").image(photo).build());
      System.out.println(answer.text());

      Answer yesOrNo = dimoo.ask(Ask.of("Is it red?").image(photo).oneToken().build());
      // end
      assertThat(yesOrNo.tokens().length).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void again() {
    try (Dimoo dimoo = Dimoo.open(model, TinyModel.OPTIONS)) {
      Path file = folder.resolve("first.png");
      GeneratedPicture first = dimoo.generate(TextToImage.of("a cat").build());
      first.writePng(file);
      // example
      Recipe recipe = Recipe.ofTexts(ImageFiles.textOf(file), file.toString());
      GeneratedPicture again = dimoo.generate(recipe.request(Recipe.Inputs.NONE));
      // end
      assertThat(again.picture()).isEqualTo(first.picture());
    }
  }

  @Test
  void thePageShowsTheseExamples() throws IOException {
    List<String> here =
        blocks(THIS, "(?ms)^ *// example\\n(.*?)^ *// end$").stream()
            .map(LibraryExamplesTest::asOnThePage)
            .toList();

    assertThat(here).hasSize(8);
    assertThat(blocks(PAGE, "(?ms)^```java\\n(.*?)^```$")).containsExactlyElementsOf(here);
  }

  /// On the page files have plain names.
  private static String asOnThePage(String example) {
    return example
        .stripTrailing()
        .stripIndent()
        .concat("\n")
        .replaceAll("folder\\.resolve\\((\".*?\")\\)", "Path.of($1)")
        .replace("Dimoo.open(model", "Dimoo.open(Path.of(\"models/pocket\")");
  }

  private static List<String> blocks(Path file, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file).replace("\r\n", "\n"))
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }
}
