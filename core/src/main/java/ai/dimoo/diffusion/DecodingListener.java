package ai.dimoo.diffusion;

/// Follows a sampler step by step. Called on the thread that samples.
@FunctionalInterface
public interface DecodingListener {

  /// Follows nothing.
  DecodingListener NONE = step -> {};

  /// A step is done. What this throws ends the run and reaches its caller.
  void onStep(DecodingStep step);

  /// Asked before every step: true ends the run with a {@link
  /// java.util.concurrent.CancellationException}.
  default boolean cancelled() {
    return false;
  }
}
