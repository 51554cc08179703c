package ai.dimoo.image;

import org.jspecify.annotations.Nullable;

/// A picture as it is seen, and what of it is clear.
///
/// @param hole what is less than half opaque; null: nothing
public record PictureWithHole(Picture picture, @Nullable Mask hole) {}
