/// From tokens to tokens: the denoising loops, the mask schedule, guidance, sampling noise and the
/// max-logit cache.
///
/// Start at {@link ai.dimoo.diffusion.ImageSampler}, then {@link ai.dimoo.diffusion.ImageDecoding}
/// and {@link ai.dimoo.diffusion.MaskGitStep}; {@link ai.dimoo.diffusion.TextSampler} for answers.
@NullMarked
package ai.dimoo.diffusion;

import org.jspecify.annotations.NullMarked;
