/// Training of the VQ model: the codes by k-means over tiles, then encoder and decoder that learn
/// them.
///
/// Start at {@link ai.dimoo.train.vq.VqTrainer}.
@NullMarked
package ai.dimoo.train.vq;

import org.jspecify.annotations.NullMarked;
