package ai.dimoo;

/// Follows a request step by step, and may end it. Called on the engine's thread, which waits: do
/// not call the {@link Dimoo} from within.
@FunctionalInterface
public interface ProgressListener {

  /// Follows nothing.
  ProgressListener NONE = step -> {};

  /// A step is done. What this throws ends the request and reaches its caller.
  void onStep(Step step);

  /// Asked before every step: true ends the request with a {@link
  /// java.util.concurrent.CancellationException}.
  default boolean cancelled() {
    return false;
  }
}
