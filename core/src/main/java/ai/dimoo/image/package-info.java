/// Pixels and files: reading, writing, resizing, cropping, masks.
@NullMarked
package ai.dimoo.image;

import org.jspecify.annotations.NullMarked;
