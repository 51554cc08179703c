package ai.dimoo.train.worlds.pictograms.training;

import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.worlds.pictograms.language.Captions;
import ai.dimoo.train.worlds.pictograms.language.Instructions;
import ai.dimoo.train.worlds.pictograms.language.Question;
import ai.dimoo.train.worlds.pictograms.language.Questions;
import ai.dimoo.train.worlds.pictograms.scene.Change;
import ai.dimoo.train.worlds.pictograms.scene.Changes;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// What the world of pictograms says, and everyday words round it: what the tokenizer is made of.
public final class WorldCorpus {

  private static final String WORDS = "everyday-words.txt";

  /// How often each everyday word and each name comes: often enough to become a token.
  private static final int COPIES = 25;

  private WorldCorpus() {}

  /// Texts for a tokenizer to be trained on.
  ///
  /// @param scenes scenes whose captions, questions, answers and changes are read
  public static List<String> texts(int scenes) {
    List<String> corpus = sentences(scenes, SceneOptions.standard());
    for (Thing thing : Things.load().taught()) {
      List<String> names = new ArrayList<>(thing.synonyms());
      names.addAll(List.of(thing.noun(), thing.plural(), thing.chinese()));
      names.forEach(name -> corpus.addAll(Collections.nCopies(COPIES, " " + name)));
    }
    everydayWords().forEach(word -> corpus.addAll(Collections.nCopies(COPIES, " " + word)));
    return corpus;
  }

  /// What is said of scenes, asked about them, answered and told to change.
  ///
  /// @param scenes how many
  /// @param options which
  static List<String> sentences(int scenes, SceneOptions options) {
    List<String> corpus = new ArrayList<>();
    SceneGenerator generator = new SceneGenerator(options, 0);
    Changes changes = new Changes(options);
    Change.Kind[] kinds = Change.Kind.values();
    for (int i = 0; i < scenes; i++) {
      RandomGenerator random = IndexedRandom.at(0, i);
      Scene scene = generator.draw(random);
      corpus.add(Captions.caption(scene, random).text());
      Question question = Questions.ask(scene, random);
      corpus.add(question.text());
      corpus.add(question.answer());
      if (i % 4 == 0) {
        Change change = changes.draw(kinds[i / 4 % kinds.length], random);
        corpus.add(Instructions.of(change, random).text());
      }
    }
    return corpus;
  }

  private static List<String> everydayWords() {
    try (InputStream in = WorldCorpus.class.getResourceAsStream(WORDS)) {
      if (in == null) {
        throw new IllegalStateException(WORDS + " is missing from the class path");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.strip().split("\\s+"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
