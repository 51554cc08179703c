/// Scenes of the world of pictograms: what stands where, and how that becomes pixels.
///
/// In reading order: [Scene] says what is in a picture, [Compositor] paints it, [SceneGenerator]
/// draws scenes, [HeldOut] says which combinations training never sees, and [Requirement] says what
/// a picture must show to be right. Everything is a pure function of its seed.
@NullMarked
package ai.dimoo.train.worlds.pictograms.scene;

import org.jspecify.annotations.NullMarked;
