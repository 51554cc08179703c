/// Training of the VQ model: an autoencoder first, then a codebook by k-means, then the decoder on
/// quantised latents.
///
/// Start at {@link ai.dimoo.train.vq.VqTrainer}.
@NullMarked
package ai.dimoo.train.vq;

import org.jspecify.annotations.NullMarked;
