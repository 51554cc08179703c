package ai.dimoo.train.worlds.pictograms.training;

import ai.dimoo.image.Box;
import ai.dimoo.train.source.TrainingPicture;
import ai.dimoo.train.tasks.AnsweredQuestion;
import ai.dimoo.train.tasks.CaptionedPicture;
import ai.dimoo.train.worlds.pictograms.language.Caption;
import ai.dimoo.train.worlds.pictograms.language.Captions;
import ai.dimoo.train.worlds.pictograms.language.Conversations;
import ai.dimoo.train.worlds.pictograms.language.Question;
import ai.dimoo.train.worlds.pictograms.language.Questions;
import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneKind;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongToDoubleFunction;
import java.util.random.RandomGenerator;

/// What the world of pictograms has to learn from, for each kind of task.
///
/// @param compositor has drawn what is taught
/// @param scenes which scenes come at a step
/// @param thorough the share of captions, 0..1, that leave little of a picture open at a step
/// @param portraits the share of captioned pictures, 0..1, that show nothing but one thing, edge to
///   edge, at a step
public record WorldEntries(
    Compositor compositor,
    LongFunction<SceneOptions> scenes,
    LongToDoubleFunction thorough,
    LongToDoubleFunction portraits) {

  /// A picture and its caption.
  public CaptionedPicture captioned(long step, RandomGenerator random) {
    return random.nextDouble() < portraits.applyAsDouble(step)
        ? portrait(step, random)
        : scene(step, random);
  }

  /// A thing alone, of 4×4 or 2×2 tokens: which of its tiles lies where is no question, so that
  /// every token teaches what a name looks like.
  private CaptionedPicture portrait(long step, RandomGenerator random) {
    SceneOptions alone =
        scenes.apply(step).only(SceneKind.SINGLE, SceneKind.COLOURED, SceneKind.RENDERED);
    Scene scene;
    do {
      scene = new SceneGenerator(alone, 0).draw(random);
    } while (scene.items().size() > 1);
    Box box = scene.items().getFirst().box();
    boolean[] foreground = new boolean[box.width() * box.height()];
    Arrays.fill(foreground, true);
    return new CaptionedPicture(
        Captions.portrait(scene, random).text(),
        new TrainingPicture(compositor.layered(scene).cropped(box), foreground));
  }

  private CaptionedPicture scene(long step, RandomGenerator random) {
    Scene scene = drawn(step, random);
    Caption caption =
        random.nextDouble() < thorough.applyAsDouble(step)
            ? Captions.thorough(scene, random)
            : Captions.caption(scene, random);
    return new CaptionedPicture(caption.text(), compositor.trainingPicture(scene));
  }

  /// A scene and a question about it, in some cases with other words before it.
  public AnsweredQuestion asked(long step, RandomGenerator random) {
    Scene scene = drawn(step, random);
    Question question = Conversations.about(scene, Questions.ask(scene, random), random);
    return new AnsweredQuestion(
        List.of(compositor.layered(scene)), question.text(), question.answer());
  }

  private Scene drawn(long step, RandomGenerator random) {
    return new SceneGenerator(scenes.apply(step), 0).draw(random);
  }
}
