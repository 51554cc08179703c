package ai.dimoo.train.worlds.pictograms.tasks;

import ai.dimoo.prompt.Task;
import ai.dimoo.train.worlds.pictograms.scene.Backdrops;
import ai.dimoo.train.worlds.pictograms.scene.HeldOut;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneKind;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A scene by one artist or in one rendering and a reference in another, and the scene in the
/// reference's. What the reference shows else does not matter.
public final class TransferTask implements PictureTask {

  private static final Task TASK = Task.named("image_ref_transfer");

  /// How often the artist changes; else the rendering does.
  private static final double ARTIST_SHARE = 0.65;

  private final SceneGenerator scenes;
  private final SceneGenerator rendered;
  private final Split split;

  /// @param options of the scenes
  public TransferTask(SceneOptions options) {
    SceneKind[] kinds = {SceneKind.SINGLE, SceneKind.PAIR, SceneKind.RELATION};
    scenes = new SceneGenerator(options.only(kinds), 0);
    List<Thing> things = options.things().stream().filter(Thing::rendered).toList();
    rendered = new SceneGenerator(options.with(things).only(kinds), 0);
    split = options.split();
  }

  @Override
  public TaskSample draw(RandomGenerator random) {
    boolean artist = random.nextDouble() < ARTIST_SHARE;
    while (true) {
      TaskSample sample = artist ? artist(random) : rendering(random);
      if (sample != null) {
        return sample;
      }
    }
  }

  private @Nullable TaskSample artist(RandomGenerator random) {
    Artist from = pick(List.of(Artist.values()), random);
    Artist to = from.other();
    Scene content = restyled(scenes.draw(random), p -> p.by(from));
    Scene target = restyled(content, p -> p.by(to));
    Scene reference = restyled(scenes.draw(random), p -> p.by(to));
    boolean ours =
        content.items().stream()
                .map(item -> HeldOut.transfer(((Pictogram) item.subject()).thing(), to))
                .reduce(Split.TRAINING, Split::and)
            == split;
    return ours ? sample(content, reference, target) : null;
  }

  /// Within one artist's drawings, so that only the rendering is to change.
  private @Nullable TaskSample rendering(RandomGenerator random) {
    Artist artist = pick(List.of(Artist.values()), random);
    Rendering from = pick(List.of(Rendering.values()), random);
    Rendering to = pick(List.of(Rendering.values()), random);
    Scene content = restyled(rendered.draw(random), p -> p.by(artist).as(from));
    Scene target = restyled(content, p -> p.as(to));
    Scene reference = restyled(rendered.draw(random), p -> p.by(artist).as(to));
    return from != to && suits(content) && suits(target) && suits(reference)
        ? sample(content, reference, target)
        : null;
  }

  private static TaskSample sample(Scene content, Scene reference, Scene target) {
    return new TaskSample(
        TASK,
        "",
        List.of(new Motif.OfScene(content), new Motif.OfScene(reference)),
        new Motif.OfScene(target),
        target.items(),
        Requirement.exactly(target));
  }

  private static boolean suits(Scene scene) {
    return Backdrops.suits(scene.background(), scene.items());
  }

  private static Scene restyled(Scene scene, UnaryOperator<Pictogram> style) {
    List<Item> items =
        scene.items().stream()
            .map(item -> item.with(style.apply((Pictogram) item.subject())))
            .toList();
    return scene.with(items);
  }

  private static <T> T pick(List<T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
