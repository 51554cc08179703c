/// From tokens to tokens: the denoising loops, the mask schedule, guidance, sampling noise and the
/// max-logit cache.
///
/// Start at {@link ai.dimoo.diffusion.Sampler}, the loop: a {@link ai.dimoo.diffusion.Decoding}
/// says what it needs computed, {@link ai.dimoo.diffusion.ModelRunner} computes it, and the
/// decoding decides tokens by it, {@link ai.dimoo.diffusion.ImageDecoding} as {@link
/// ai.dimoo.diffusion.MaskGitStep} says.
@NullMarked
package ai.dimoo.diffusion;

import org.jspecify.annotations.NullMarked;
