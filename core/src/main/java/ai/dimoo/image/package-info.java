/// Pixels and files. Start at [ImageFiles], which reads and writes [Picture]s; [CropSizes] and
/// [Resize] bring them to the sizes that the model takes, [PaintMask] says which of their tokens
/// are repainted, and [ContactSheet] shows many at once.
@NullMarked
package ai.dimoo.image;

import org.jspecify.annotations.NullMarked;
