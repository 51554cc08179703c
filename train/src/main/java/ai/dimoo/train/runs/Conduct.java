package ai.dimoo.train.runs;

import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.train.log.TrainingListener;
import ai.dimoo.train.parallel.Ranks;

/// How a run is computed; nothing of it changes what is learned, but for rounding.
///
/// @param dtype the number format to compute in; the weights are kept in float32
/// @param device where to compute
/// @param saveInterval steps between two saved states: what a killed run loses at most
/// @param recompute whether activations are computed again in the backward pass: a third more work
///   for the memory of one block's
/// @param adopt whether to go on although the recipe or the world has changed since a phase was
///   begun
/// @param ranks the processes that compute it together; they stay the caller's
/// @param listener told how it goes, and asked whether to stop
public record Conduct(
    Dtype dtype,
    TorchDevice device,
    long saveInterval,
    boolean recompute,
    boolean adopt,
    Ranks ranks,
    TrainingListener listener) {

  /// Steps between two saved states, unless told otherwise.
  public static final long SAVE_INTERVAL = 100;
}
