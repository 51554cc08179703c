/// LibTorch: loading it, the device and the number format to compute in, random numbers.
///
/// Start at {@link ai.dimoo.torch.TorchRuntime}, which loads it, and {@link
/// ai.dimoo.torch.EngineThread}, on which an engine computes; {@link ai.dimoo.torch.EngineThreads}
/// are several.
@NullMarked
package ai.dimoo.torch;

import org.jspecify.annotations.NullMarked;
