package ai.dimoo.train.worlds.pictograms.tasks;

import ai.dimoo.train.source.Layered;
import ai.dimoo.train.worlds.pictograms.maps.SceneMap;
import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.Scene;

/// What a picture of a task shows. Immutable.
public sealed interface Motif {

  /// A scene as it is.
  record OfScene(Scene scene) implements Motif {}

  /// A map of a scene.
  record OfMap(SceneMap map, Scene scene) implements Motif {}

  /// The scene that is seen, or whose map it is.
  Scene scene();

  /// The picture, the scene's items apart from the background; a map is all background.
  default Layered layers(Compositor compositor) {
    return switch (this) {
      case OfScene of -> compositor.layered(of.scene());
      case OfMap of -> Layered.of(of.map().of(compositor.compose(of.scene())));
    };
  }
}
