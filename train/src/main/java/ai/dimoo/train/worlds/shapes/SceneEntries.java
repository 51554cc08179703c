package ai.dimoo.train.worlds.shapes;

import ai.dimoo.train.source.Layered;
import ai.dimoo.train.tasks.AnsweredQuestion;
import ai.dimoo.train.tasks.CaptionedPicture;
import java.util.List;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/// What the shapes world has to learn from, for each kind of task.
///
/// @param scenes which scenes come at a step
/// @param readingOrderShare the share of captions that tell the objects in reading order; the
///   others tell them in any
public record SceneEntries(LongFunction<SceneOptions> scenes, double readingOrderShare) {

  /// A scene and its caption.
  public CaptionedPicture captioned(long step, RandomGenerator random) {
    Scene scene = scene(step, random);
    String caption =
        random.nextDouble() < readingOrderShare
            ? Captions.inReadingOrder(scene, random)
            : Captions.caption(scene, random);
    return new CaptionedPicture(caption, ScenePictures.of(scene));
  }

  /// A scene and a question about it.
  public AnsweredQuestion asked(long step, RandomGenerator random) {
    Scene scene = scene(step, random);
    Question question = Questions.ask(scene, random);
    return new AnsweredQuestion(
        List.of(Layered.of(Renderer.render(scene))), question.text(), question.answer());
  }

  private Scene scene(long step, RandomGenerator random) {
    return new SceneGenerator(scenes.apply(step), 0).draw(random);
  }
}
