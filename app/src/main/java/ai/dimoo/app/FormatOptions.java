package ai.dimoo.app;

import ai.dimoo.ModelOptions;
import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The number format of a training.
abstract sealed class FormatOptions {

  private @Nullable String dtype;

  /// Where all weights learn.
  static final class Plain extends FormatOptions {

    @Option(
        names = "--dtype",
        paramLabel = "TYPE",
        description =
            "Number format of the computation, bfloat16 or float32; what learns is kept in float32"
                + " (default: bfloat16 where the hardware has it, else float32).")
    void dtype(String dtype) {
      super.dtype = dtype;
    }

    @Override
    void check() {
      if (options().weights() != null) {
        throw new UserException(Fault.value("dtype", super.dtype, "bfloat16 or float32"));
      }
    }
  }

  /// Where the model's weights stay as they are.
  static final class OverFrozenWeights extends FormatOptions {

    @Option(
        names = "--dtype",
        paramLabel = "TYPE",
        description =
            "Number format of the computation, bfloat16 or float32; int8 or int4 for a model whose"
                + " weights are held in 8 or 4 bits meanwhile, with --recompute, and the rest in one of"
                + " the others. What learns is kept in float32 (default: bfloat16 where the hardware has"
                + " it, else float32, and weights as they are stored).")
    void dtype(String dtype) {
      super.dtype = dtype;
    }

    @Override
    void check() {
      options();
    }
  }

  /// Refuses a format that there is not.
  abstract void check();

  /// The formats, in a model's options.
  ModelOptions options() {
    return dtype == null ? ModelOptions.DEFAULT : ModelOptions.DEFAULT.withFormat(dtype);
  }
}
