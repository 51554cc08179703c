package ai.dimoo.train.pocket;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.train.runs.ExampleFactory;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.train.source.PictureEncoder;
import ai.dimoo.train.source.Share;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.tasks.PromptTokens;
import ai.dimoo.train.tokenizer.BpeTrainer;
import ai.dimoo.train.tokenizer.BpeVocabulary;
import ai.dimoo.train.worlds.pictograms.things.FetchedIcons;
import ai.dimoo.train.worlds.pictograms.training.WorldCorpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictogramRecipeTest {

  private static final int CODEBOOK = 8;

  /// Every picture looks alike to it.
  private static final PictureEncoder BLIND =
      pictures -> pictures.stream().map(picture -> new CodeGrid(8, 8, new int[64])).toList();

  private static PictogramRecipe recipe;
  private static TextTokenizer tokenizer;
  private static SpecialTokens special;
  private static PromptTokens tokens;

  @BeforeAll
  static void open(@TempDir Path folder) {
    FetchedIcons.require();
    recipe = new PictogramRecipe();
    BpeVocabulary vocabulary = new BpeTrainer(3_000).train(WorldCorpus.texts(20_000));
    vocabulary.write(folder);
    special = SpecialTokenReader.of(folder, vocabulary.codeOffset() + CODEBOOK, CODEBOOK);
    tokenizer = TextTokenizer.open(folder);
    tokens = new PromptTokens(tokenizer, special, 128);
  }

  @AfterAll
  static void close() {
    if (tokenizer != null) {
      tokenizer.close();
    }
  }

  @Test
  void everyStageHasExamplesAndAllAnswersFit() {
    // 4,800 examples a stage; one answer in two thousand is longer than sixteen tokens
    for (ExampleFactory stage : List.of(recipe.names(), recipe.everything(2))) {
      ExampleSource source = stage.open(tokens, BLIND);
      List<TrainingExample> examples = new ArrayList<>();
      for (int step = 0; step < 100; step++) {
        examples.addAll(source.examples(100L * step, Share.WHOLE));
      }
      assertThat(examples)
          .allSatisfy(example -> assertThat(example.ids().length).isLessThan(350))
          .allSatisfy(example -> assertThat(example.labelWeight()).isPositive());
    }
  }

  @Test
  void inTheSecondStageAThirdOfTheExamplesHaveTwoPictures() {
    TreeMap<Integer, Integer> pictures = new TreeMap<>();
    ExampleSource source = recipe.everything(2).open(tokens, BLIND);
    for (int step = 0; step < 20; step++) {
      for (TrainingExample example : source.examples(step, Share.WHOLE)) {
        int grids =
            (int) Arrays.stream(example.ids()).filter(id -> id == special.beginImage()).count();
        pictures.merge(grids, 1, Integer::sum);
      }
    }
    // a tenth of the source pictures is dropped; edits, maps and questions about two have two grids
    double all = pictures.values().stream().mapToInt(Integer::intValue).sum();
    double two = pictures.getOrDefault(2, 0) / all;
    assertThat(two).isBetween(0.26, 0.42);
    assertThat(pictures.keySet()).containsExactly(1, 2, 3);
  }
}
