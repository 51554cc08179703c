package ai.dimoo;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Follows a request step by step, and may end it. Called on a thread of the engine, which waits:
/// do not call the {@link Dimoo} from within. One that follows several requests may be called on
/// several threads at the same time.
@FunctionalInterface
public interface ProgressListener {

  /// Follows nothing.
  ProgressListener NONE = step -> {};

  /// One that follows and ends a request by two functions.
  ///
  /// @param steps is given every step, see {@link #onStep}
  /// @param cancelled see {@link #cancelled()}
  static ProgressListener of(Consumer<Step> steps, BooleanSupplier cancelled) {
    return new ProgressListener() {
      @Override
      public void onStep(Step step) {
        steps.accept(step);
      }

      @Override
      public boolean cancelled() {
        return cancelled.getAsBoolean();
      }
    };
  }

  /// A step is done. What this throws ends the request and reaches its caller.
  void onStep(Step step);

  /// Asked before every step: true ends the request with a {@link
  /// java.util.concurrent.CancellationException}.
  default boolean cancelled() {
    return false;
  }
}
