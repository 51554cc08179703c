package ai.dimoo;

import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchDevice;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// On what a model computes and how. Immutable.
///
/// @param device `auto` (CUDA if there is a card, else the processor), `cpu`, `cuda`, `cuda:1`,
///   `mps`
/// @param dtype in which the transformer computes; null: what the device computes fastest in, see
///   {@link Dtype#preferredOn}. The VQ model computes in float32 always.
/// @param weights in how few bits the matrices of its blocks are held; null: as they are stored
/// @param threads how many LibTorch uses within one operation on the processor; 0: one for each
///   processor that Java sees, but a single one for a small model: its operations take so little
///   that threads wait for each other longer than they work, on a busy machine a hundred times
/// @param sideBySide how many requests are computed at the same time, each with that many threads;
///   0: as many as there are processors where one thread is enough for a request, else one
/// @param adapters changes to the model's weights, all in use at once
public record ModelOptions(
    String device,
    @Nullable Dtype dtype,
    @Nullable WeightFormat weights,
    int threads,
    int sideBySide,
    List<AdapterChoice> adapters) {

  /// Measured on two cores: at width 256 a second thread saves an eighth of the time.
  private static final int WORTH_THREADS = 512;

  /// Chosen by the machine.
  public static final ModelOptions DEFAULT = new ModelOptions("auto", null, null, 0, 0, List.of());

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException if `threads` or `sideBySide` is negative
  public ModelOptions {
    adapters = List.copyOf(adapters);
    if (threads < 0) {
      throw new IllegalArgumentException("threads must not be negative, found " + threads);
    }
    if (sideBySide < 0) {
      throw new IllegalArgumentException("sideBySide must not be negative, found " + sideBySide);
    }
  }

  /// The same on another device.
  public ModelOptions withDevice(String device) {
    return new ModelOptions(device, dtype, weights, threads, sideBySide, adapters);
  }

  /// The same, computing in another number format.
  public ModelOptions withDtype(@Nullable Dtype dtype) {
    return new ModelOptions(device, dtype, weights, threads, sideBySide, adapters);
  }

  /// The same with weights in fewer bits.
  public ModelOptions withWeights(@Nullable WeightFormat weights) {
    return new ModelOptions(device, dtype, weights, threads, sideBySide, adapters);
  }

  /// The same in the number format of this name, as `--dtype` and recipes have it: `bfloat16`,
  /// `float32`, `int8`, `int4`, or both formats, such as `int8+float32` for weights in 8 bits and
  /// everything else in float32.
  ///
  /// @throws UserException if there is none of this name
  public ModelOptions withFormat(String name) {
    String[] parts = name.strip().toLowerCase(Locale.ROOT).split("\\+", 2);
    WeightFormat few = WeightFormat.ofSpelling(parts[0]);
    String rest = few == null ? String.join("+", parts) : parts.length == 1 ? null : parts[1];
    Dtype computed = rest == null ? null : Dtype.ofSpelling(rest);
    if (rest != null && computed == null) {
      throw new UserException(Fault.value("dtype", name, "bfloat16, float32, int8 or int4"));
    }
    return new ModelOptions(device, computed, few, threads, sideBySide, adapters);
  }

  /// The same with another number of threads.
  public ModelOptions withThreads(int threads) {
    return new ModelOptions(device, dtype, weights, threads, sideBySide, adapters);
  }

  /// The same with another number of requests that are computed at the same time.
  public ModelOptions withSideBySide(int sideBySide) {
    return new ModelOptions(device, dtype, weights, threads, sideBySide, adapters);
  }

  /// The same with other adapters.
  public ModelOptions withAdapters(List<AdapterChoice> adapters) {
    return new ModelOptions(device, dtype, weights, threads, sideBySide, adapters);
  }

  /// What {@link #withFormat} reads: the name of the format, or of both.
  ///
  /// @param weights in how few bits the matrices are held; null: in the format of the rest
  public static String formatName(Dtype dtype, @Nullable WeightFormat weights) {
    return weights == null ? dtype.spelling() : weights + "+" + dtype;
  }

  /// The format in which a device computes: the one asked for, else what suits it.
  public Dtype dtypeOn(TorchDevice device) {
    return dtype == null ? Dtype.preferredOn(device) : dtype;
  }

  /// In how few bits the matrices of a model's blocks are held on a device.
  ///
  /// @param stored as the checkpoint has them; null: plain
  /// @return null: plain
  /// @throws UserException if they are stored in another format than was asked for, or the device
  ///   does not compute with it
  public @Nullable WeightFormat weightsOn(TorchDevice device, @Nullable WeightFormat stored) {
    if (stored != null && weights != null && weights != stored) {
      throw new UserException(
          Fault.of(
                  "The model's weights are stored in %s, and %s was asked for."
                      .formatted(stored, weights))
              .in("dtype")
              .mend(Remedy.leaveOut("dtype")));
    }
    WeightFormat few = stored != null ? stored : weights;
    if (few != null && !device.isCpu()) {
      throw new UserException(
          Fault.of(
                  "Weights in %s are computed on the processor only, found device %s."
                      .formatted(few, device.name()))
              .in("device")
              .mend(Remedy.give("device", "cpu")));
    }
    return few;
  }

  /// How many threads LibTorch gets.
  ///
  /// @param width of the transformer
  public int threadsFor(int width) {
    return threads > 0 ? threads : usualThreads(width);
  }

  /// How many requests are computed at the same time on a processor.
  ///
  /// @param width of the transformer
  int sideBySideFor(int width) {
    if (sideBySide > 0) {
      return sideBySide;
    }
    boolean spare = threads == 0 && usualThreads(width) == 1;
    return spare ? Runtime.getRuntime().availableProcessors() : 1;
  }

  /// The threads that LibTorch gets where nobody says how many: one for a small model, which more
  /// would only slow down, all processors for others.
  ///
  /// @param width of the transformer
  public static int usualThreads(int width) {
    return width < WORTH_THREADS ? 1 : Runtime.getRuntime().availableProcessors();
  }
}
