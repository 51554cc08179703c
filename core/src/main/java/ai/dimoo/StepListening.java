package ai.dimoo;

import ai.dimoo.diffusion.DecodingListener;
import ai.dimoo.diffusion.DecodingStep;
import java.util.function.Function;

/// Passes the sampler's steps on to a caller's listener, and ends with it or with the engine's
/// thread.
///
/// @param listener the caller's
/// @param steps makes what it is shown
record StepListening(ProgressListener listener, Function<DecodingStep, Step> steps)
    implements DecodingListener {

  @Override
  public void onStep(DecodingStep step) {
    listener.onStep(steps.apply(step));
  }

  @Override
  public boolean cancelled() {
    return Thread.currentThread().isInterrupted() || listener.cancelled();
  }
}
