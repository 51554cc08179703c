/// Maps of a scene, as control and dense prediction have them: edges, soft edges, depth, masks,
/// poses and normals. All are pictures of the scene's size, and pure functions of it.
///
/// The formats have few different tiles, since one codebook must carry them beside the pictures:
/// the background is always the same flat colour, and each silhouette's rim comes in few colours.
///
/// Start at {@link ai.dimoo.train.worlds.pictograms.maps.SceneMap}.
@NullMarked
package ai.dimoo.train.worlds.pictograms.maps;

import org.jspecify.annotations.NullMarked;
