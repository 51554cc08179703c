package ai.dimoo.train.pocket;

import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.tokenizer.BpeTrainer;
import ai.dimoo.train.tokenizer.BpeVocabulary;
import ai.dimoo.train.worlds.shapes.Captions;
import ai.dimoo.train.worlds.shapes.Edits;
import ai.dimoo.train.worlds.shapes.Question;
import ai.dimoo.train.worlds.shapes.Questions;
import ai.dimoo.train.worlds.shapes.Scene;
import ai.dimoo.train.worlds.shapes.SceneGenerator;
import ai.dimoo.train.worlds.shapes.SceneOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The pocket model's tokenizer, trained on what the shapes world says.
final class PocketTokenizer {

  private static final int SCENES = 20_000;

  private PocketTokenizer() {}

  static BpeVocabulary train(PocketRecipe recipe) {
    return new BpeTrainer(recipe.textVocabulary()).train(corpus(recipe, SCENES));
  }

  /// What decides its words: the recipe, and what the world says, of which a part stands for all.
  static String description(PocketRecipe recipe) {
    return "%d tokens, seed %d, corpus %08x"
        .formatted(recipe.textVocabulary(), recipe.seed(), corpus(recipe, SCENES / 20).hashCode());
  }

  private static List<String> corpus(PocketRecipe recipe, int size) {
    SceneGenerator scenes = new SceneGenerator(SceneOptions.standard(), recipe.seed());
    RandomGenerator random = IndexedRandom.at(recipe.seed(), -1);
    List<String> corpus = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Scene scene = scenes.at(i);
      corpus.add(Captions.caption(scene, random));
      Question question = Questions.ask(scene, random);
      corpus.add(question.text());
      corpus.add(question.answer());
    }
    Edits edits = new Edits(SceneOptions.standard(), recipe.seed());
    for (int i = 0; i < size / 10; i++) {
      corpus.add(edits.sample(random).instruction());
    }
    return corpus;
  }
}
