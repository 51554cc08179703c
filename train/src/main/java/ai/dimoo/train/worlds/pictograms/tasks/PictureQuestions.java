package ai.dimoo.train.worlds.pictograms.tasks;

import ai.dimoo.train.worlds.pictograms.language.Conversations;
import ai.dimoo.train.worlds.pictograms.language.Language;
import ai.dimoo.train.worlds.pictograms.language.Question;
import ai.dimoo.train.worlds.pictograms.language.Questions;
import ai.dimoo.train.worlds.pictograms.scene.Change;
import ai.dimoo.train.worlds.pictograms.scene.Changes;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneKind;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import java.util.List;
import java.util.random.RandomGenerator;

/// An endless supply of questions about one picture or two. Immutable.
public final class PictureQuestions {

  /// What two pictures that are compared may differ in.
  private static final List<Change.Kind> CHANGES =
      List.of(
          Change.Kind.ADD,
          Change.Kind.REMOVE,
          Change.Kind.REPLACE,
          Change.Kind.BACKGROUND,
          Change.Kind.COLOUR,
          Change.Kind.TEXT,
          Change.Kind.MOVE,
          Change.Kind.COUNT,
          Change.Kind.SIZE,
          Change.Kind.RENDERING);

  private final SceneGenerator scenes;
  private final SceneGenerator singles;
  private final Changes changes;

  /// @param options of all scenes
  public PictureQuestions(SceneOptions options) {
    scenes = new SceneGenerator(options, 0);
    singles = new SceneGenerator(options.only(SceneKind.SINGLE), 0);
    changes = new Changes(options);
  }

  /// A question about one picture, in some cases with system words or an earlier turn before it.
  public QuestionSample one(RandomGenerator random) {
    Scene scene = scenes.draw(random);
    Question question = Questions.ask(scene, random);
    return new QuestionSample(List.of(scene), Conversations.about(scene, question, random));
  }

  /// A question about two pictures: half ask whether they are the same, half what changed.
  public QuestionSample two(RandomGenerator random) {
    Language language = Language.draw(random);
    if (random.nextInt(4) == 0) {
      return sameThings(language, random);
    }
    Change change = changes.draw(CHANGES.get(random.nextInt(CHANGES.size())), random);
    if (random.nextInt(3) > 0) {
      return new QuestionSample(
          List.of(change.before(), change.after()), Questions.changed(change, language, random));
    }
    boolean same = random.nextBoolean();
    Scene second = same ? change.before() : change.after();
    return new QuestionSample(
        List.of(change.before(), second), Questions.same(same, language, random));
  }

  /// One thing twice, by either artist and anywhere, or two things.
  private QuestionSample sameThings(Language language, RandomGenerator random) {
    Scene first = singles.draw(random);
    Scene second = singles.draw(random);
    Pictogram one = (Pictogram) first.items().getFirst().subject();
    Item other = second.items().getFirst();
    boolean same = random.nextBoolean();
    if (same) {
      Pictogram again = Pictogram.plain(one.thing(), ((Pictogram) other.subject()).artist());
      second = second.with(List.of(other.with(again)));
    }
    boolean truly = ((Pictogram) second.items().getFirst().subject()).thing().equals(one.thing());
    return new QuestionSample(
        List.of(first, second), Questions.sameThings(truly, language, random));
  }
}
