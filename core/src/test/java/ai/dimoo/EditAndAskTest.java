package ai.dimoo;

import static ai.dimoo.request.SamplingTable.BLOCK_LENGTH;
import static ai.dimoo.request.SamplingTable.GEN_LENGTH;
import static ai.dimoo.request.SamplingTable.STEPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Box;
import ai.dimoo.image.Canvas;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Edit;
import ai.dimoo.request.Fit;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.Retouch;
import ai.dimoo.request.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures from pictures, and questions about pictures, on a model of random weights.
class EditAndAskTest {

  @TempDir static Path folder;
  private static Dimoo dimoo;

  @BeforeAll
  static void open() {
    dimoo = Dimoo.open(TinyModel.write(folder.resolve("tiny")), TinyModel.OPTIONS);
  }

  @AfterAll
  static void close() {
    dimoo.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edit_add",
        "canny_control",
        "canny_dense",
        "subject_driven",
        "multi_view_left",
        "other"
      })
  void everyFamilyMakesAPictureOfTheCropsSize(String name) {
    Task task = Task.named(name);
    Edit.Builder builder = Edit.of(task, Pictures.of(64, 31, 0)).seed(1);
    if (task.family().takesPrompt()) {
      builder.prompt("Put a hat on it.");
    }
    GeneratedPicture result = dimoo.generate(builder.build());

    assertThat(result.picture().size()).isEqualTo(new Size(32, 16)); // of 32x32 and the like
    assertThat(result.recipe().task()).isEqualTo(name);
    assertThat(result.recipe().settings().cfgImage()).isEqualTo(2.0);
  }

  @Test
  void styleTransferKeepsTheShapeOfThePicture() {
    Picture image = Pictures.of(64, 32, 0);
    Picture style = Pictures.of(32, 64, 1);
    Task task = Task.named("image_ref_transfer");
    GeneratedPicture result = dimoo.generate(Edit.of(task, image).reference(style).seed(1).build());

    assertThat(result.picture().width()).isGreaterThan(result.picture().height());
    assertThat(result.recipe().hasInput(Recipe.REFERENCE, style)).isTrue();
    assertThat(result.recipe().hasInput(Recipe.IMAGE, image)).isTrue();
  }

  @Test
  void theInputPictureMattersAndGuidanceByItToo() {
    Task task = Task.named("edit_add");
    Picture dark = Picture.filled(new Size(32, 32), 0x000040);
    Edit.Builder edit = Edit.of(task, Pictures.of(32, 32, 0)).prompt("a hat").seed(1);
    Edit.Builder darkEdit = Edit.of(task, dark).prompt("a hat").seed(1);
    GeneratedPicture weak = dimoo.generate(edit.cfgImage(0).build());
    GeneratedPicture strong = dimoo.generate(edit.cfgImage(50).build());
    GeneratedPicture other = dimoo.generate(darkEdit.cfgImage(50).build());

    assertThat(strong.codes()).isNotEqualTo(weak.codes());
    assertThat(other.codes()).isNotEqualTo(strong.codes());
  }

  @Test
  void aPaddedPictureIsSeenWholeAndTheResultHasItsShape() {
    Picture wide = Pictures.of(160, 16, 0);
    Edit.Builder edit = Edit.of(Task.named("edit_add"), wide).prompt("a hat").seed(1);
    Edit padded = edit.fit(Fit.PAD).build();
    List<Size> previews = new ArrayList<>();
    GeneratedPicture result =
        dimoo.generate(padded, step -> previews.add(((PictureStep) step).preview().get().size()));

    assertThat(dimoo.notes(padded)).isEmpty();
    assertThat(dimoo.notes(edit.fit(Fit.CROP).build()))
        .containsExactly(
            "Of the picture of 160x16 the model sees the middle, 64x16: crop it to what matters, or"
                + " choose the fit pad.");
    assertThat(result.picture().size()).isEqualTo(new Size(64, 6)); // of 64x16
    assertThat(previews).isNotEmpty().containsOnly(new Size(64, 6));
    assertThat(result.recipe()).isEqualTo(dimoo.recipe(padded));
    assertThat(result.recipe().inputs()).containsEntry("fit", "pad");
    assertThat(result.recipe().inputs()).containsEntry("sampled_size", "64x16");
    assertThat(result.toTexts()).containsEntry("fit", "pad").doesNotContainKey("codes");

    Recipe read = Recipe.ofTexts(result.toTexts(), "it.png");
    assertThat(dimoo.generate(read.request(Recipe.Inputs.of(wide))).picture())
        .isEqualTo(result.picture());
  }

  @Test
  void aPaddedPictureOfTheModelsShapeIsAsItWas() {
    Edit.Builder edit =
        Edit.of(Task.named("edit_add"), Pictures.of(32, 32, 0)).prompt("a hat").seed(1);
    GeneratedPicture cropped = dimoo.generate(edit.build());
    GeneratedPicture padded = dimoo.generate(edit.fit(Fit.PAD).build());
    assertThat(padded.picture()).isEqualTo(cropped.picture());
    assertThat(padded.toTexts()).containsKey("codes").doesNotContainKey("sampled_size");
  }

  @Test
  void aQuestionSeesTheEndsOfAPaddedPicture() {
    Picture plain = Picture.filled(new Size(320, 16), 0x404040);
    Picture ends =
        new Canvas(plain.size(), 0x404040)
            .draw(Picture.filled(new Size(64, 16), 0xffff00), 0, 0)
            .draw(Picture.filled(new Size(64, 16), 0x00ffff), 256, 0)
            .toPicture();
    assertThat(seen(ends, Fit.CROP)).isEqualTo(seen(plain, Fit.CROP));
    assertThat(seen(ends, Fit.PAD)).isNotEqualTo(seen(plain, Fit.PAD));
  }

  @Test
  void aPictureOfWhichNothingWouldBeLeftIsRefusedBeforeItIsComputed() {
    Picture line = Picture.filled(new Size(4000, 1), 0);
    String message = "The picture is 4000x1, too elongated to be shown whole in 64x16: crop it";
    Ask one = Ask.of("What is it?").image(line).fit(Fit.PAD).build();
    Ask two = Ask.of("What is it?").image(Pictures.of(32, 32, 0)).image(line).fit(Fit.PAD).build();
    for (Ask question : List.of(one, two)) {
      refused(() -> dimoo.notes(question), message);
      refused(() -> dimoo.ask(question), message);
    }
    Edit edit = Edit.of(Task.named("edit_add"), line).prompt("a hat").fit(Fit.PAD).build();
    refused(() -> dimoo.notes(edit), message);
    refused(() -> dimoo.generate(edit), message);
  }

  private static List<Picture> seen(Picture picture, Fit fit) {
    return new InputPictures(32, 32, 8).forQuestion(List.of(picture), fit);
  }

  @Test
  void whatIsPaintedInIsNotFitted() {
    Sampling pad = Sampling.DEFAULT.withFit(Fit.PAD);
    refused(
        () -> Inpaint.of("a hat", Pictures.of(32, 32, 0)).sampling(pad).build(),
        "The task inpaint has no fit.");
  }

  @Test
  void whatIsNarrowerThanATokenIsRefusedWhereItIsNotCropped() {
    Picture narrow = Pictures.of(5, 300, 0);
    for (ImageRequest request :
        List.of(
            Inpaint.of("a hat", narrow).build(),
            Outpaint.of("a hat", narrow).build(),
            Retouch.of("a hat", narrow, new Box(0, 0, 5, 300)).build())) {
      String message = "The picture is 5x300, too small for this model: each side needs at least 8";
      refused(() -> dimoo.notes(request), message);
      refused(() -> dimoo.generate(request), message);
      refused(() -> dimoo.recipe(request), message);
    }
    Edit edit = Edit.of(Task.named("edit_add"), narrow).prompt("a hat").seed(1).build();
    assertThat(dimoo.notes(edit)).singleElement().asString().contains("sees the middle, 5x20");
    assertThat(dimoo.generate(edit).picture().size()).isEqualTo(new Size(16, 64));
  }

  @Test
  void framesThatAreNotSeenAreSaid() {
    Picture frame = Pictures.of(32, 32, 0).ofFrames(12);
    String said = "Of the animated picture of 32x32 only the first of 12 frames is seen.";
    assertThat(dimoo.notes(Ask.of("What is it?").image(frame).build())).containsExactly(said);
    assertThat(dimoo.notes(Inpaint.of("a hat", frame).build())).containsExactly(said);
    assertThat(dimoo.notes(Outpaint.of("a hat", frame).expand(8, 0, 0, 0).build()))
        .containsExactly(said.replace("32x32", "40x32"));
    Task style = Task.named("image_ref_transfer");
    assertThat(dimoo.notes(Edit.of(style, Pictures.of(32, 32, 1)).reference(frame).build()))
        .containsExactly(said);
  }

  @Test
  void editsThatDoNotFitTheirTaskAreRefusedWhenTheyAreBuilt() {
    Picture image = Pictures.of(32, 32, 0);
    refused(() -> Edit.of(Task.named("edit_add"), image).build(), "prompt");
    refused(() -> Edit.of(Task.named("canny_dense"), image).prompt("edges").build(), "prompt out");
    refused(() -> Edit.of(Task.named("image_ref_transfer"), image).build(), "second picture");
    refused(
        () -> Edit.of(Task.named("edit_add"), image).prompt("hat").reference(image).build(),
        "one picture");
    refused(() -> Edit.of(Task.UNDERSTANDING, image).prompt("what?").build(), "does not edit");
    refused(() -> Edit.of(Task.named("edit_add"), image).prompt("hat").cfgImage(-1), "cfgImage");
  }

  @Test
  void theSettledTextOfAnAnswerOnlyGrows() {
    Ask question =
        Ask.of("What is this?").image(Pictures.of(32, 32, 0)).blockLength(4).steps(8).build();
    List<String> pieces = new ArrayList<>();
    List<String> settled = new ArrayList<>();
    Answer answer =
        dimoo.ask(
            question,
            step -> {
              settled.add(((AnswerStep) step).settledText());
              pieces.add(((AnswerStep) step).newText(String.join("", pieces)));
            });
    pieces.add(answer.newText(String.join("", pieces)));

    assertThat(pieces).hasSizeGreaterThan(4);
    assertThat(String.join("", pieces)).isEqualTo(answer.text());
    for (int i = 1; i < settled.size(); i++) {
      assertThat(settled.get(i)).startsWith(settled.get(i - 1).replaceFirst("\ufffd+$", ""));
    }
  }

  @Test
  void halfALetterWaitsForItsOtherBytes() {
    assertThat(AnswerStep.newText("", "gr\ufffd")).isEqualTo("gr");
    assertThat(AnswerStep.newText("gr", "grün\ufffd\ufffd")).isEqualTo("ün");
    assertThat(AnswerStep.newText("grün", "grün\ufffd")).isEmpty();
    assertThat(AnswerStep.newText("grün", "grau")).isEmpty();
  }

  @Test
  void aLimitOfTokensIsRoundedDownToWholeBlocks() {
    Sampling sampling = Sampling.DEFAULT.withGenLength(8).withBlockLength(4).withSeed(1L);
    TextSamplerSettings defaults = dimoo.defaults().text();

    assertThat(sampling.atMost(9, defaults)).isEqualTo(sampling);
    assertThat(sampling.atMost(7, defaults).get(GEN_LENGTH)).isEqualTo(4);
    assertThat(sampling.atMost(3, defaults).get(GEN_LENGTH)).isEqualTo(3);
    assertThat(sampling.atMost(3, defaults).get(BLOCK_LENGTH)).isEqualTo(3);
    refused(() -> sampling.atMost(0, defaults), "at least 1");
  }

  @Test
  void whatNoModelCanTakeIsRefusedAtOnce() {
    refused(() -> text(null, null, null, -1.0, null), "temperature is -1.0");
    refused(() -> text(null, null, null, Double.NaN, null), "temperature");
    refused(() -> text(null, null, null, null, -0.5), "cfgScale is -0.5");
    refused(() -> text(null, 0, null, null, null), "genLength is 0");
    refused(() -> text(null, null, 0, null, null), "blockLength is 0");
    refused(() -> text(0, null, null, null, null), "steps is 0");
    refused(
        () -> text(null, 6, 4, null, null),
        "genLength is 6, expected a multiple of the block length 4");
    refused(() -> text(3, 8, 4, null, null), "a multiple of the 2 blocks");
    assertThat(text(3, null, 4, 0.5, 1.0).get(STEPS)).isEqualTo(3);
  }

  private static Sampling text(
      @Nullable Integer steps,
      @Nullable Integer genLength,
      @Nullable Integer blockLength,
      @Nullable Double temperature,
      @Nullable Double cfgScale) {
    Sampling sampling =
        Sampling.DEFAULT
            .withSteps(steps)
            .withGenLength(genLength)
            .withBlockLength(blockLength)
            .withTemperature(temperature)
            .withCfgScale(cfgScale);
    return new Ask("What?", List.of(Pictures.of(32, 32, 0)), false, sampling).sampling();
  }

  private static void refused(ThrowingCallable built, String part) {
    assertThatThrownBy(built)
        .isInstanceOf(UserException.class)
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n");
  }

  @Test
  void answersAreGreedyUnlessAskedOtherwise() {
    Ask question = Ask.of("What is this?").image(Pictures.of(32, 32, 0)).build();
    Answer answer = dimoo.ask(question);

    assertThat(answer.tokens()).isEqualTo(dimoo.ask(question).tokens());
    assertThat(answer.tokens().length).isLessThanOrEqualTo(8);
    assertThat(answer.settings().genLength()).isEqualTo(8);
    assertThat(answer.text()).doesNotContain("<|mdm_mask|>", "</answer>");
  }

  @Test
  void theBeginningOfAnAnswerThatIsDecidedOnlyGrows() {
    Ask question = Ask.of("What is this?").image(Pictures.of(32, 32, 0)).build();
    List<String> beginnings = new ArrayList<>();
    Answer answer = dimoo.ask(question, step -> beginnings.add(((AnswerStep) step).settledText()));

    assertThat(beginnings).hasSizeGreaterThan(1);
    for (String beginning : beginnings) { // its last letter may be incomplete
      assertThat(answer.text()).startsWith(beginning.replaceFirst("\uFFFD+$", ""));
    }
    assertThat(beginnings.getLast()).isEqualTo(answer.text());
  }

  @Test
  void theTemperatureMakesTheSeedMatter() {
    List<List<Integer>> answers = new ArrayList<>();
    for (long seed : new long[] {0, 0, 1, 2}) {
      Ask question =
          Ask.of("What?").image(Pictures.of(32, 32, 0)).temperature(2).seed(seed).build();
      answers.add(Arrays.stream(dimoo.ask(question).tokens()).boxed().toList());
    }

    assertThat(answers.get(1)).isEqualTo(answers.get(0));
    assertThat(answers.subList(2, 4)).isNotEqualTo(answers.subList(0, 2));
  }

  @Test
  void oneTokenAndSeveralPicturesAndTheCache() {
    Picture image = Pictures.of(32, 32, 0);
    Answer one = dimoo.ask(Ask.of("Yes or no?").image(image).oneToken().build());
    Answer cached =
        dimoo.ask(
            Ask.of("How many?")
                .image(image)
                .image(Pictures.of(90, 20, 1))
                .cache(CacheSettings.DEFAULT)
                .build());

    assertThat(one.tokens().length).isLessThanOrEqualTo(1);
    assertThat(one.settings().steps()).isEqualTo(1);
    assertThat(cached.settings().cache()).isEqualTo(CacheSettings.DEFAULT);
  }

  @Test
  void lengthsThatAreNotGivenFollowThoseThatAre() {
    Picture image = Pictures.of(32, 32, 0);
    Answer half = dimoo.ask(Ask.of("What?").image(image).genLength(2).build());

    assertThat(half.settings().blockLength()).isEqualTo(2);
    assertThat(half.settings().steps()).isEqualTo(2);
    refused(() -> dimoo.ask(Ask.of("What?").image(image).genLength(7).build()), "genLength");
    refused(
        () -> Ask.of("What?").image(image).oneToken().steps(4).build(),
        "An answer of one token is one forward pass, which has no steps. Leave steps out, or leave"
            + " oneToken out.");
    assertThat(Ask.of("What?").image(image).oneToken().cache(null).build().oneToken()).isTrue();
    refused(() -> Ask.of("What?").build(), "picture");
    refused(() -> Ask.of(" ").image(image).build(), "prompt is empty");
  }
}
