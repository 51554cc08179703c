package ai.dimoo.diffusion;

import java.util.List;

/// Follows a sampler step by step. Called on the thread that samples.
@FunctionalInterface
public interface DecodingListener {

  /// Follows nothing.
  DecodingListener NONE = step -> {};

  /// A step is done. What this throws ends the run and reaches its caller.
  void onStep(DecodingStep step);

  /// A step is about to be computed: a trace of what the model is asked, for comparing
  /// implementations.
  default void onInputs(List<SequenceInput> inputs) {}

  /// A step was computed, and is about to be decided: what the model answered to {@link #onInputs}.
  /// The tensors belong to the `PointerScope` of the step.
  default void onOutputs(List<SequenceInput> inputs, List<SequenceOutput> outputs) {}

  /// Asked before every step: true ends the run with a {@link
  /// java.util.concurrent.CancellationException}.
  default boolean cancelled() {
    return false;
  }
}
