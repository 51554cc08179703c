package ai.dimoo.train.worlds.pictograms.maps;

import ai.dimoo.image.Picture;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Figure;
import ai.dimoo.train.worlds.pictograms.things.People;

/// The joints and limbs of the people in a scene, in OpenPose's colours on black.
final class Skeletons {

  private Skeletons() {}

  static Picture of(Scene scene) {
    byte[] rgb = new byte[3 * Scene.SIDE * Scene.SIDE];
    for (Item item : scene.items()) {
      if (item.subject() instanceof Figure figure) {
        People.skeleton(figure.pose(), item.size().pixels())
            .drawOn(rgb, Scene.SIDE, Scene.SIDE, item.box().x(), item.box().y());
      }
    }
    return Picture.of(Scene.SIDE, Scene.SIDE, rgb);
  }
}
