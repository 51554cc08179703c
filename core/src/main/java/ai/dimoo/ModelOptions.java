package ai.dimoo;

import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchDevice;
import org.jspecify.annotations.Nullable;

/// On what a model computes and how. Immutable.
///
/// @param device `auto` (CUDA if there is a card, else the processor), `cpu`, `cuda`, `cuda:1`,
///   `mps`
/// @param dtype the transformer's number format; null: what the device computes fastest in, see
///   {@link Dtype#preferredOn}. The VQ model computes in float32 always.
/// @param threads how many LibTorch uses within one operation on the processor; 0: one for each
///   processor that Java sees, but a single one for a small model: its operations take so little
///   that threads wait for each other longer than they work, on a busy machine a hundred times
public record ModelOptions(String device, @Nullable Dtype dtype, int threads) {

  /// Measured on two cores: at width 256 a second thread saves an eighth of the time.
  private static final int WORTH_THREADS = 512;

  /// Chosen by the machine.
  public static final ModelOptions DEFAULT = new ModelOptions("auto", null, 0);

  /// @throws IllegalArgumentException if `threads` is negative
  public ModelOptions {
    if (threads < 0) {
      throw new IllegalArgumentException("threads must not be negative, found " + threads);
    }
  }

  /// The same on another device.
  public ModelOptions withDevice(String device) {
    return new ModelOptions(device, dtype, threads);
  }

  /// The same in another number format.
  public ModelOptions withDtype(@Nullable Dtype dtype) {
    return new ModelOptions(device, dtype, threads);
  }

  /// The same with another number of threads.
  public ModelOptions withThreads(int threads) {
    return new ModelOptions(device, dtype, threads);
  }

  Dtype dtypeOn(TorchDevice device) {
    return dtype == null ? Dtype.preferredOn(device) : dtype;
  }

  /// @param width of the transformer
  int threadsFor(int width) {
    return threads > 0 ? threads : usualThreads(width);
  }

  /// The threads that LibTorch gets where nobody says how many: one for a small model, which more
  /// would only slow down, all processors for others.
  ///
  /// @param width of the transformer
  public static int usualThreads(int width) {
    return width < WORTH_THREADS ? 1 : Runtime.getRuntime().availableProcessors();
  }
}
