package ai.dimoo.train.worlds.pictograms.tasks;

import ai.dimoo.prompt.Task;
import ai.dimoo.train.worlds.pictograms.maps.SceneMap;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneKind;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import java.util.List;
import java.util.random.RandomGenerator;

/// A scene, and a map of it.
///
/// @param scenes what is shown
public record DenseTask(SceneMap map, SceneGenerator scenes) implements PictureTask {

  /// Scenes that the map says something of.
  public DenseTask(SceneMap map, SceneOptions options) {
    this(map, scenes(map, options));
  }

  /// Poses need people.
  static SceneGenerator scenes(SceneMap map, SceneOptions options) {
    return new SceneGenerator(
        map == SceneMap.OPENPOSE ? options.only(SceneKind.FIGURE) : options, 0);
  }

  @Override
  public TaskSample draw(RandomGenerator random) {
    Scene scene = scenes.draw(random);
    return new TaskSample(
        Task.named(map.tag() + "_dense"),
        "",
        List.of(new Motif.OfScene(scene)),
        new Motif.OfMap(map, scene),
        scene.items(),
        Requirement.exactly(scene));
  }
}
