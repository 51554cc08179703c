package ai.dimoo;

import static ai.dimoo.memory.FreeMemory.gigabytes;

import ai.dimoo.ModelMemory.Work;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.torch.Dtype;
import org.jspecify.annotations.Nullable;

/// How a model's weights are held on the processor so that they fit into memory. Immutable.
///
/// @param memory what the model needs
/// @param dtype in which the transformer computes
/// @param weights in how few bits the matrices of its blocks are held; null: plain
/// @param widened whether its weights stay as they are stored, and are converted a layer at a time
/// @param notice one line for people where it is not what the machine would compute fastest in;
///   null: it is
record MemoryPlan(
    ModelMemory memory,
    Dtype dtype,
    @Nullable WeightFormat weights,
    boolean widened,
    @Nullable String notice) {

  private static final Remedy MORE_ROOM =
      Remedy.plain("close other programs or give the container more memory");

  /// The best that fits.
  ///
  /// @param dtype to compute in
  /// @param weights in how few bits to hold the matrices of the blocks; null: plain
  /// @param usual what a request of the model's usual size works on
  /// @throws EnvironmentException if nothing fits
  static MemoryPlan choose(
      ModelMemory memory,
      Dtype dtype,
      @Nullable WeightFormat weights,
      Work usual,
      FreeMemory free) {
    if (weights != null) {
      return quantised(memory, dtype, weights, usual, free);
    }
    long step = memory.step(dtype, usual);
    long placed = memory.weights(dtype) + step;
    if (placed <= free.bytes()) {
      return new MemoryPlan(memory, dtype, null, false, null);
    }
    boolean canWiden = dtype == Dtype.FLOAT32 && memory.storedNarrower();
    long widened = memory.widenedWeights() + step;
    if (canWiden && widened <= free.bytes()) {
      return new MemoryPlan(
          memory,
          dtype,
          null,
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
    Fault fault = lacking(least, dtype.spelling(), free);
    if (dtype == Dtype.FLOAT32 && !canWiden && fits(memory, Dtype.BFLOAT16, usual, free)) {
      fault = fault.mend(Remedy.give("dtype", Dtype.BFLOAT16.spelling()));
    }
    for (WeightFormat fewer : WeightFormat.values()) {
      if (fits(memory, dtype, fewer, usual, free)) {
        fault =
            fault
                .mend(Remedy.give("dtype", fewer.spelling()))
                .mend(
                    Remedy.plain(
                        "write a smaller copy of the model with `dimoo quantize MODEL COPY --weights %s`"
                            .formatted(fewer)));
        break;
      }
    }
    throw new EnvironmentException(fault.mend(MORE_ROOM));
  }

  private static MemoryPlan quantised(
      ModelMemory memory, Dtype dtype, WeightFormat weights, Work usual, FreeMemory free) {
    if (fits(memory, dtype, weights, usual, free)) {
      return new MemoryPlan(memory, dtype, weights, false, null);
    }
    long needed = memory.quantisedWeights(weights) + memory.step(dtype, weights, usual);
    Fault fault = lacking(gigabytes(needed), weights.spelling(), free);
    for (WeightFormat fewer : WeightFormat.values()) {
      boolean smaller = memory.quantisedWeights(fewer) < memory.quantisedWeights(weights);
      if (smaller && fits(memory, dtype, fewer, usual, free)) {
        fault = fault.mend(Remedy.give("dtype", fewer.spelling()));
        break;
      }
    }
    throw new EnvironmentException(fault.mend(MORE_ROOM));
  }

  private static Fault lacking(String needed, String format, FreeMemory free) {
    return Fault.of(
        "Not enough memory: the model needs %s in %s, and %s are free in %s."
            .formatted(needed, format, gigabytes(free.bytes()), free.limitedBy()));
  }

  private static boolean fits(
      ModelMemory memory, Dtype dtype, WeightFormat weights, Work usual, FreeMemory free) {
    return memory.quantisedWeights(weights) + memory.step(dtype, weights, usual) <= free.bytes();
  }

  private static boolean fits(ModelMemory memory, Dtype dtype, Work usual, FreeMemory free) {
    return memory.weights(dtype) + memory.step(dtype, usual) <= free.bytes();
  }

  /// Bytes that a step takes on top of the weights, with the matrix that is converted for it.
  long step(Work work) {
    boolean converts = widened || weights != null;
    return memory.step(dtype, weights, work)
        + (converts ? memory.widenedAtOnce(work.vocabulary()) : 0);
  }

  /// Refuses a request for which there is no room now.
  ///
  /// @throws EnvironmentException if there is none
  void require(Work work, FreeMemory free) {
    long step = step(work);
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
