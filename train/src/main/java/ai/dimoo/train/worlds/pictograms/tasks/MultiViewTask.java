package ai.dimoo.train.worlds.pictograms.tasks;

import ai.dimoo.prompt.Task;
import ai.dimoo.train.worlds.pictograms.scene.HeldOut;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneKind;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Things on a ground plane from the front, and the same from another side or from above.
public final class MultiViewTask implements PictureTask {

  private final SceneGenerator scenes;
  private final Split split;

  /// @param options of the scenes whose things stand on the plane
  public MultiViewTask(SceneOptions options) {
    scenes = new SceneGenerator(options.only(SceneKind.PAIR, SceneKind.GROUP), 0);
    split = options.split();
  }

  @Override
  public TaskSample draw(RandomGenerator random) {
    while (true) {
      Stage stage = stage(random);
      List<Stage.View> views = Stage.View.asked();
      Stage.View view = views.get(random.nextInt(views.size()));
      Scene front = stage.seen(Stage.View.FRONT);
      Scene other = stage.seen(view);
      if (HeldOut.of(front).and(HeldOut.of(other)) == split) {
        return new TaskSample(
            Task.named("multi_view_" + view.name().toLowerCase(Locale.ROOT)),
            "",
            List.of(new Motif.OfScene(front)),
            new Motif.OfScene(other),
            other.items(),
            Requirement.exactly(other));
      }
    }
  }

  /// Two or three things, each in a row and a column of its own.
  private Stage stage(RandomGenerator random) {
    Scene scene = scenes.draw(random);
    List<Integer> xs = shuffled(random);
    List<Integer> zs = shuffled(random);
    List<Stage.Standing> standing = new ArrayList<>();
    for (int i = 0; i < Math.min(Stage.PLACES, scene.items().size()); i++) {
      standing.add(new Stage.Standing(scene.items().get(i).subject(), xs.get(i), zs.get(i)));
    }
    return new Stage(scene.background(), standing);
  }

  private static List<Integer> shuffled(RandomGenerator random) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < Stage.PLACES; i++) {
      places.add(i);
    }
    Collections.shuffle(places, Random.from(random));
    return places;
  }
}
