/// The library's entry. {@link ai.dimoo.Dimoo} opens a model and takes requests: {@link
/// ai.dimoo.request.TextToImage}, {@link ai.dimoo.request.Inpaint}, {@link
/// ai.dimoo.request.Outpaint}, {@link ai.dimoo.request.Retouch}, {@link ai.dimoo.request.Edit} give
/// a {@link ai.dimoo.GeneratedPicture}, {@link ai.dimoo.request.Ask} gives an {@link
/// ai.dimoo.Answer}.
///
/// To see how a sentence becomes a picture, read on in the entry classes of the packages below:
///
/// - {@link ai.dimoo.prompt.PromptEncoder}: a request to the sequence that the model reads
/// - {@link ai.dimoo.diffusion.Sampler}: the steps
/// - {@link ai.dimoo.transformer.Transformer}: one step's logits
/// - {@link ai.dimoo.vq.VqModel}: codes to pixels and back
/// - {@link ai.dimoo.image.ImageFiles}: pixels to files and back
/// - {@link ai.dimoo.checkpoint.Checkpoint}: the weights
/// - {@link ai.dimoo.hub.HubDownload}: getting them from the Hugging Face hub
/// - {@link ai.dimoo.torch.TorchRuntime}: LibTorch, which computes
/// - {@link ai.dimoo.error.DimooException}: what can go wrong, by who can mend it
@NullMarked
package ai.dimoo;

import org.jspecify.annotations.NullMarked;
