package ai.dimoo.train.worlds.pictograms.tasks;

import ai.dimoo.prompt.Task;
import ai.dimoo.train.worlds.pictograms.language.Caption;
import ai.dimoo.train.worlds.pictograms.language.Captions;
import ai.dimoo.train.worlds.pictograms.maps.SceneMap;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import java.util.List;
import java.util.random.RandomGenerator;

/// A map and a sentence, and a scene that obeys both.
///
/// @param map one that a control task of the reference has
/// @param scenes what is asked for
public record ControlTask(SceneMap map, SceneGenerator scenes) implements PictureTask {

  /// The maps that can control a picture.
  public static final List<SceneMap> MAPS =
      List.of(SceneMap.CANNY, SceneMap.HED, SceneMap.DEPTH, SceneMap.OPENPOSE);

  /// Scenes that the map says something of.
  public ControlTask(SceneMap map, SceneOptions options) {
    this(map, DenseTask.scenes(map, options));
  }

  @Override
  public TaskSample draw(RandomGenerator random) {
    Scene scene = scenes.draw(random);
    Caption caption = Captions.caption(scene, random);
    return new TaskSample(
        Task.named(map.tag() + "_control"),
        caption.text(),
        List.of(new Motif.OfMap(map, scene)),
        new Motif.OfScene(scene),
        scene.items(),
        caption.requirement());
  }
}
