/// Weights and their files: reading and writing the published checkpoint layout, every tensor name
/// in one place. The entry class is {@link ai.dimoo.checkpoint.Checkpoint}.
@NullMarked
package ai.dimoo.checkpoint;

import org.jspecify.annotations.NullMarked;
