package ai.dimoo.train.pocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.tokenizer.BpeVocabulary;
import ai.dimoo.train.vq.TileCodes;
import ai.dimoo.train.vq.VqTrainer;
import ai.dimoo.train.worlds.shapes.Renderer;
import ai.dimoo.train.worlds.shapes.Scene;
import ai.dimoo.train.worlds.shapes.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the pocket model is asked in training, read back from the tokens.
class ShapesExamplesTest {

  private static final PocketRecipe RECIPE = TinyRun.RECIPE;
  private static final int STEPS = 400;
  private static final int SIDE = 64; // of a picture in pixels
  private static final int CODE_SIDE = 8;
  private static final int CODES = 64;

  private static TextTokenizer tokenizer;
  private static SpecialTokens special;
  private static final List<Scene> SCENES = new ArrayList<>();
  private static final List<TrainingExample> EXAMPLES = new ArrayList<>();
  private static final List<TrainingExample> QUESTIONS = new ArrayList<>();
  private static final List<TrainingExample> CAPTIONS = new ArrayList<>();
  private static final List<TrainingExample> PICTURES = new ArrayList<>();

  @BeforeAll
  static void draw(@TempDir Path folder) {
    TorchRuntime.load();
    BpeVocabulary vocabulary = PocketTokenizer.train(RECIPE);
    vocabulary.write(folder);
    int codebook = RECIPE.vq().config().codebookSize();
    special = SpecialTokenReader.of(folder, vocabulary.codeOffset() + codebook, codebook);
    tokenizer = TextTokenizer.open(folder);
    Device device = new Device("cpu");
    try (PointerScope scope = new PointerScope();
        TileCodes tiles = RECIPE.tileCodes();
        VqTrainer vq =
            new VqTrainer(RECIPE.vq(), RECIPE.pictures(), tiles, ScalarType.Float, device)) {
      SceneCodes codes = new SceneCodes(vq.model(ScalarType.Float), ScalarType.Float, device);
      ShapesExamples source = new ShapesExamples(RECIPE, codes, tokenizer, special);
      for (int step = 0; step < STEPS; step++) {
        SCENES.addAll(source.scenes(step));
        EXAMPLES.addAll(source.examples(step, 0));
      }
    }
    EXAMPLES.forEach(ShapesExamplesTest::sort);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  /// By what is hidden: codes, something before the picture, or something after it.
  private static void sort(TrainingExample example) {
    int first = hidden(example)[0];
    if (special.isCode(example.labels()[first])) {
      PICTURES.add(example);
    } else {
      boolean caption = first < indexOf(example.ids(), special.beginImage());
      (caption ? CAPTIONS : QUESTIONS).add(example);
    }
  }

  @Test
  void theKindsComeAsTheRecipeSays() {
    double all = STEPS * RECIPE.batch();
    assertThat(QUESTIONS.size() / all).isCloseTo(RECIPE.questionShare(), within(0.05));
    assertThat(CAPTIONS.size() / all).isCloseTo(RECIPE.captionShare(), within(0.05));
  }

  @Test
  void captionsHideWordsOfTheCaptionAlone() {
    int whole = 0;
    for (TrainingExample example : CAPTIONS) {
      int[] ids = restored(example);
      int start = indexOf(ids, special.userStart()) + 1;
      int end = indexOf(ids, special.userEnd());
      assertThat(hidden(example)[0]).isGreaterThanOrEqualTo(start);
      assertThat(hidden(example)[hidden(example).length - 1]).isLessThan(end);
      assertThat(Arrays.stream(example.ids()).filter(special::isCode).count()).isEqualTo(CODES);
      String caption = tokenizer.decode(Arrays.copyOfRange(ids, start, end), false);
      assertThat(caption)
          .matches(
              text -> Arrays.stream(Shape.values()).anyMatch(shape -> text.contains(shape.word())));
      whole += hidden(example).length == end - start ? 1 : 0;
    }
    assertThat(whole).isBetween(1, CAPTIONS.size() / 2);
  }

  @Test
  void ofBarePicturesNoObjectShows() {
    int bare = 0;
    for (int i = 0; i < EXAMPLES.size(); i++) {
      TrainingExample example = EXAMPLES.get(i);
      if (PICTURES.contains(example)) {
        int start = indexOf(example.ids(), special.beginImage()) + 1;
        boolean[] objects = Renderer.objectMask(SCENES.get(i));
        boolean shows =
            IntStream.range(0, objects.length)
                .filter(pixel -> objects[pixel])
                .map(pixel -> position(start, pixel))
                .anyMatch(position -> special.isCode(example.ids()[position]));
        bare += shows ? 0 : 1;
      }
    }
    // by chance alone one in five, since hidden shares near one are frequent
    assertThat((double) bare / PICTURES.size())
        .isBetween(RECIPE.bareShare(), RECIPE.bareShare() + 0.2);
  }

  /// Where the code of a pixel stands: a row of codes ends with a token that is none.
  private static int position(int start, int pixel) {
    int row = pixel / SIDE / CODE_SIDE;
    return start + row * (SIDE / CODE_SIDE + 1) + pixel % SIDE / CODE_SIDE;
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

  private static int indexOf(int[] ids, int token) {
    int index = IntStream.range(0, ids.length).filter(i -> ids[i] == token).findFirst().orElse(-1);
    assertThat(index).isNotNegative();
    return index;
  }
}
