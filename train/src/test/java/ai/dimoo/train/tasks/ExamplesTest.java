package ai.dimoo.train.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.prompt.PromptEncoder;
import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.prompt.Task;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.train.source.Draft;
import ai.dimoo.train.source.ExampleMaker;
import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.source.TrainingPicture;
import ai.dimoo.train.tokenizer.BpeTrainer;
import ai.dimoo.train.tokenizer.BpeVocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the model is asked in training, read back from the tokens and compared with what inference
/// asks.
class ExamplesTest {

  private static final int DRAWS = 3000;
  private static final int CODEBOOK = 16;
  private static final String WORDS = "a red circle on grey";
  private static final CodeGrid SOURCE = new CodeGrid(2, 2, new int[] {1, 2, 3, 4});
  private static final CodeGrid REFERENCE = new CodeGrid(2, 2, new int[] {5, 6, 7, 8});
  private static final CodeGrid TARGET = new CodeGrid(3, 3, new int[] {9, 9, 9, 9, 10, 9, 9, 9, 9});

  private static TextTokenizer tokenizer;
  private static SpecialTokens special;
  private static PromptTokens tokens;
  private static PromptEncoder inference;

  @BeforeAll
  static void open(@TempDir Path folder) {
    BpeVocabulary vocabulary =
        new BpeTrainer(300).train(List.of(WORDS, "remove the circle", "how many circles", "two"));
    vocabulary.write(folder);
    special = SpecialTokenReader.of(folder, vocabulary.codeOffset() + CODEBOOK, CODEBOOK);
    tokenizer = TextTokenizer.open(folder);
    tokens = new PromptTokens(tokenizer, special, 100);
    inference = new PromptEncoder(tokenizer, special, 100);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  /// Pixels that stand for nothing: codes are given by hand. The middle of the nine tiles matters.
  private static TrainingPicture picture() {
    boolean[] middle = new boolean[9];
    middle[4] = true;
    return new TrainingPicture(Picture.filled(new Size(3, 3), 0), middle);
  }

  private static Stream<TrainingExample> examples(ExampleMaker maker, CodeGrid... codes) {
    return IntStream.range(0, DRAWS)
        .mapToObj(i -> {
          Draft draft = maker.draft(0, IndexedRandom.at(1, i));
          assertThat(draft.pictures()).hasSize(codes.length);
          return draft.finish().apply(List.of(codes));
        });
  }

  @Test
  void picturesComeFromTheirCaptionsAndSometimesFromNothing() {
    TextToImageExamples maker =
        new TextToImageExamples(
            (step, random) -> new CaptionedPicture(WORDS, picture()),
            tokens,
            step -> new PictureHiding(0.5, 0));
    TokenSequence asked = inference.textToImage(WORDS, 3, 3);
    int[] conditional = asked.ids().slice(0, asked.answerStart()).toArray();
    Map<String, Integer> counts = new TreeMap<>();
    int bare = 0;
    for (TrainingExample example : examples(maker, TARGET).toList()) {
      int[] ids = restored(example);
      boolean dropped = !startsWith(ids, conditional);
      int[] prompt = dropped ? asked.withoutText().toArray() : conditional;
      assertThat(ids).containsExactly(withAnswer(prompt, asked));
      assertThat(Arrays.stream(example.labels()).filter(l -> l >= 0)).allMatch(special::isCode);
      counts.merge(dropped ? "dropped" : "kept", 1, Integer::sum);
      int middle = prompt.length + 2 + 4 + 1; // one row end before it
      bare += example.ids()[middle] == special.mask() ? 1 : 0;
    }
    assertThat(counts.get("dropped") / (double) DRAWS).isCloseTo(0.1, within(0.02));
    // by the rule the middle is hidden in 2/π of the cases
    assertThat(bare / (double) DRAWS).isCloseTo(0.5 + 0.5 * 2 / Math.PI, within(0.04));
  }

  @Test
  void cellsAreHiddenWholeWhateverLiesInThem() {
    TextToImageExamples maker =
        new TextToImageExamples(
            (step, random) -> new CaptionedPicture(WORDS, picture()),
            tokens,
            step -> new PictureHiding(0, 1));
    // the 3 × 3 codes lie in four cells: 2 × 2, 2 × 1, 1 × 2 and 1
    Map<List<Boolean>, Integer> counts = new HashMap<>();
    for (TrainingExample example : examples(maker, TARGET).toList()) {
      List<Boolean> codes = new ArrayList<>();
      for (int i = 0; i < example.ids().length; i++) {
        int id = restored(example)[i];
        if (special.isCode(id)) {
          codes.add(example.ids()[i] == special.mask());
        }
      }
      assertThat(codes).hasSize(9).contains(true);
      assertThat(codes.subList(0, 2)).containsOnly(codes.getFirst());
      assertThat(codes.subList(3, 5)).containsOnly(codes.getFirst());
      assertThat(codes.get(2)).isEqualTo(codes.get(5));
      assertThat(codes.get(6)).isEqualTo(codes.get(7));
      counts.merge(codes, 1, Integer::sum);
    }
    assertThat(counts).hasSize(15); // every choice of four cells but none of them
    int all = counts.get(Collections.nCopies(9, true));
    // one cell at least, the three others each with the share s: 0.3 + ∫ s³ ds from 0.3 to 1
    assertThat(all / (double) DRAWS).isCloseTo(0.3 + (1 - Math.pow(0.3, 4)) / 4, within(0.04));
  }

  @Test
  void wordsAndPicturesAreDroppedIndependentlyAsInferenceGuides() {
    Task style = Task.named("image_ref_transfer");
    ImageToImageExamples maker =
        new ImageToImageExamples(
            (step, random) ->
                new PictureChange(
                    style, "", List.of(picture().layers(), picture().layers()), picture()),
            tokens,
            step -> new PictureHiding(0.5, 0));
    TokenSequence asked = inference.imageToImage(style, "", List.of(SOURCE, REFERENCE), 3, 3);
    int[] conditional = asked.ids().slice(0, asked.answerStart()).toArray();
    int[] neither =
        withoutPictures(asked.withoutText().toArray(), special.beginImage(), special.endImage());
    Map<String, int[]> prompts =
        Map.of(
            "both",
            conditional,
            "pictures",
            asked.withoutText().toArray(),
            "words",
            asked.withoutPictures().toArray(),
            "neither",
            neither);
    Map<String, Integer> counts = new TreeMap<>();
    for (TrainingExample example : examples(maker, SOURCE, REFERENCE, TARGET).toList()) {
      int[] ids = restored(example);
      String kind =
          prompts.entrySet().stream()
              .filter(entry -> Arrays.equals(ids, withAnswer(entry.getValue(), asked)))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseThrow();
      counts.merge(kind, 1, Integer::sum);
    }
    assertThat(counts.get("both") / (double) DRAWS).isCloseTo(0.81, within(0.03));
    assertThat(counts.get("pictures") / (double) DRAWS).isCloseTo(0.09, within(0.02));
    assertThat(counts.get("words") / (double) DRAWS).isCloseTo(0.09, within(0.02));
    assertThat(counts.get("neither") / (double) DRAWS).isCloseTo(0.01, within(0.008));
  }

  @Test
  void captionsHideWordsOfTheCaptionAlone() {
    CaptionWordExamples maker =
        new CaptionWordExamples(
            (step, random) -> new CaptionedPicture(WORDS, picture()), tokens, 3);
    TokenSequence asked = inference.textToImage(WORDS, 3, 3);
    int end = asked.answerStart() - 1;
    int start = end - tokenizer.encodeText(WORDS).length;
    for (TrainingExample example : examples(maker, TARGET).toList()) {
      int[] hidden = hidden(example);
      assertThat(hidden[0]).isGreaterThanOrEqualTo(start);
      assertThat(hidden[hidden.length - 1]).isLessThan(end);
      assertThat(restored(example))
          .containsExactly(withAnswer(Arrays.copyOf(asked.ids().toArray(), end + 1), asked));
      assertThat(example.labelWeight()).isEqualTo(3.0 * hidden.length);
    }
  }

  @Test
  void answersEndAndAreFilledUpToTheLengthThatInferenceAsksFor() {
    QuestionExamples maker =
        new QuestionExamples(
            (step, random) ->
                new AnsweredQuestion(List.of(picture().layers()), "how many circles", "two"),
            tokens,
            6,
            2);
    TokenSequence asked = inference.answer("how many circles", List.of(SOURCE), 6);
    int[] answer = tokenizer.encodeText("two");
    int whole = 0;
    for (TrainingExample example : examples(maker, SOURCE).toList()) {
      int[] ids = restored(example);
      int start = asked.text().start();
      int[] expected = asked.ids().toArray();
      assertThat(Arrays.copyOf(ids, start)).containsExactly(Arrays.copyOf(expected, start));
      assertThat(ids).hasSameSizeAs(expected);
      assertThat(inference.answerText(asked, TokenIds.of(ids))).isEqualTo("two");
      for (int i = start + answer.length + 1; i < start + 6; i++) {
        assertThat(ids[i]).isEqualTo(special.pad());
      }
      assertThat(ids[start + 6]).isEqualTo(special.endAnswer());
      assertThat(hidden(example)[0]).isGreaterThanOrEqualTo(start);
      whole += Arrays.equals(example.ids(), expected) ? 1 : 0;
    }
    assertThat(whole / (double) DRAWS).isBetween(0.23, 0.35);
  }

  @Test
  void anAnswerThatDoesNotFitFails() {
    QuestionExamples maker =
        new QuestionExamples(
            (step, random) ->
                new AnsweredQuestion(List.of(picture().layers()), "how many", "two two two two"),
            tokens,
            3,
            1);
    Draft draft = maker.draft(0, IndexedRandom.at(0, 0));
    assertThatThrownBy(() -> draft.finish().apply(List.of(SOURCE)))
        .hasMessageContaining("there is room for 3");
  }

  /// The prompt, then the answer of a sequence with the target in it.
  private static int[] withAnswer(int[] prompt, TokenSequence asked) {
    int from = asked.answerStart();
    int[] ids = asked.ids().toArray();
    int[] rows = TARGET.tokenRows(special).toArray();
    System.arraycopy(rows, 0, ids, asked.image().start(), rows.length);
    return IntStream.concat(
            Arrays.stream(prompt), Arrays.stream(Arrays.copyOfRange(ids, from, ids.length)))
        .toArray();
  }

  /// Everything that is not between the two tokens.
  private static int[] withoutPictures(int[] prompt, int begin, int end) {
    IntStream.Builder kept = IntStream.builder();
    boolean inside = false;
    for (int token : prompt) {
      inside |= token == begin;
      if (!inside) {
        kept.add(token);
      }
      inside &= token != end;
    }
    return kept.build().toArray();
  }

  private static boolean startsWith(int[] ids, int[] prefix) {
    return Arrays.equals(Arrays.copyOf(ids, prefix.length), prefix);
  }

  private static int[] hidden(TrainingExample example) {
    int[] labels = example.labels();
    return IntStream.range(0, labels.length)
        .filter(i -> labels[i] != TrainingExample.IGNORED)
        .toArray();
  }

  private static int[] restored(TrainingExample example) {
    int[] ids = example.ids().clone();
    for (int position : hidden(example)) {
      assertThat(ids[position]).isEqualTo(special.mask());
      ids[position] = example.labels()[position];
    }
    return ids;
  }
}
