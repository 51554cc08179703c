package ai.dimoo;

import static ai.dimoo.memory.FreeMemory.gigabytes;

import ai.dimoo.ModelMemory.Work;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.torch.Dtype;
import org.jspecify.annotations.Nullable;

/// How a model's weights are held on the processor so that they fit into memory. Immutable.
///
/// @param memory what the model needs
/// @param dtype in which the transformer computes
/// @param widened whether its weights stay as they are stored, and are converted a layer at a time
/// @param notice one line for people where it is not what the machine would compute fastest in;
///   null: it is
record MemoryPlan(ModelMemory memory, Dtype dtype, boolean widened, @Nullable String notice) {

  /// The best that fits.
  ///
  /// @param dtype to compute in
  /// @param usual what a request of the model's usual size works on
  /// @throws EnvironmentException if nothing fits
  static MemoryPlan choose(ModelMemory memory, Dtype dtype, Work usual, FreeMemory free) {
    long step = memory.step(dtype, usual);
    long placed = memory.weights(dtype) + step;
    if (placed <= free.bytes()) {
      return new MemoryPlan(memory, dtype, false, null);
    }
    boolean canWiden = dtype == Dtype.FLOAT32 && memory.storedNarrower();
    long widened = memory.widenedWeights() + step;
    if (canWiden && widened <= free.bytes()) {
      return new MemoryPlan(
          memory,
          dtype,
          true,
          "The weights stay as they are stored (%s) and are converted a layer at a time: in float32 they need %s, and %s are free in %s."
              .formatted(
                  gigabytes(widened),
                  gigabytes(placed),
                  gigabytes(free.bytes()),
                  free.limitedBy()));
    }
    String least =
        canWiden
            ? "%s, or %s with weights that stay as they are stored"
                .formatted(gigabytes(placed), gigabytes(widened))
            : gigabytes(placed);
    Fault fault =
        Fault.of(
            "Not enough memory: the model needs %s in %s, and %s are free in %s."
                .formatted(least, dtype, gigabytes(free.bytes()), free.limitedBy()));
    if (dtype == Dtype.FLOAT32 && !canWiden && fits(memory, Dtype.BFLOAT16, usual, free)) {
      fault = fault.mend(Remedy.give("dtype", Dtype.BFLOAT16.spelling()));
    }
    throw new EnvironmentException(
        fault.mend(Remedy.plain("close other programs or give the container more memory")));
  }

  private static boolean fits(ModelMemory memory, Dtype dtype, Work usual, FreeMemory free) {
    return memory.weights(dtype) + memory.step(dtype, usual) <= free.bytes();
  }

  /// Refuses a request for which there is no room now.
  ///
  /// @throws EnvironmentException if there is none
  void require(Work work, FreeMemory free) {
    long step = memory.step(dtype, work);
    if (step > free.bytes()) {
      throw new EnvironmentException(
          Fault.of(
                  "Not enough memory: the request needs %s on top of the model, and %s are free in %s."
                      .formatted(gigabytes(step), gigabytes(free.bytes()), free.limitedBy()))
              .mend(Remedy.plain("make a smaller picture"))
              .mend(Remedy.plain("close other programs")));
    }
  }
}
