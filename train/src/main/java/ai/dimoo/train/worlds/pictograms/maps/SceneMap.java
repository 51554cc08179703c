package ai.dimoo.train.worlds.pictograms.maps;

import ai.dimoo.image.Picture;
import ai.dimoo.train.worlds.pictograms.scene.Composition;
import ai.dimoo.train.worlds.pictograms.scene.Scene;

/// The kinds of map, named as the tasks are: `canny_dense`, `depth_control`.
public enum SceneMap {
  /// Canny's edges, white on black.
  CANNY("canny"),
  /// Soft edges at several scales, white on black.
  HED("hed"),
  /// Grey levels, brighter is nearer.
  DEPTH("depth"),
  /// A flat colour for each item, on black.
  SAM2MASK("sam2mask"),
  /// Joints and limbs of people in OpenPose's colours, on black.
  OPENPOSE("openpose"),
  /// Surface normals as colours.
  NORMAL("normal");

  private final String tag;

  SceneMap(String tag) {
    this.tag = tag;
  }

  /// What the tasks' names begin with: `canny`.
  public String tag() {
    return tag;
  }

  /// The map of a scene, of the scene's size.
  public Picture of(Composition composition) {
    return switch (this) {
      case CANNY -> CannyEdges.of(composition.picture());
      case HED -> SoftEdges.of(composition.picture());
      case DEPTH -> Depths.of(composition);
      case SAM2MASK -> Masks.of(composition);
      case OPENPOSE -> Skeletons.of(composition.scene());
      case NORMAL -> Normals.of(composition);
    };
  }

  /// The edges of a picture that may show anything.
  ///
  /// @throws IllegalArgumentException if this map tells more than edges
  public Picture edges(Picture picture) {
    return switch (this) {
      case CANNY -> CannyEdges.of(picture);
      case HED -> SoftEdges.of(picture);
      case DEPTH, SAM2MASK, OPENPOSE, NORMAL ->
          throw new IllegalArgumentException(tag + " needs a scene, not a picture");
    };
  }

  /// How well a map agrees with the scene's own, 0 to 1: the F1 of edges, skeletons and normals
  /// within [EdgeAgreement#TOLERANCE] pixels, the mean IoU of masks; of depth 1 where it is right,
  /// else 0 ([DepthAgreement]).
  public double agreement(Composition truth, Picture map) {
    return switch (this) {
      case CANNY, HED -> EdgeAgreement.f1(of(truth), map);
      case DEPTH -> DepthAgreement.of(truth, map).right() ? 1 : 0;
      case SAM2MASK -> MaskAgreement.meanIou(of(truth), map);
      case OPENPOSE -> ColourAgreement.f1(of(truth), map, 0x000000);
      case NORMAL -> ColourAgreement.f1(of(truth), map, Normals.FACING);
    };
  }

  /// The map that says nothing: background alone. What a score is compared with.
  public Picture blank() {
    int colour = this == NORMAL ? Normals.FACING : 0;
    return PixelColours.picture(Scene.SIDE, Scene.SIDE, (x, y) -> colour);
  }
}
