package ai.dimoo.train.optim;

/// The learning rate of each step: a linear warm-up, then constant, then a linear fall to zero over
/// the last part.
///
/// @param peak the rate after the warm-up
/// @param warmupSteps steps of the warm-up
/// @param steps all steps
/// @param decayShare the share of the steps at the end in which the rate falls, 0..1
public record LearningRate(double peak, long warmupSteps, long steps, double decayShare) {

  /// The rate of step `step`, counted from 0.
  public double at(long step) {
    double decaySteps = decayShare * steps;
    double left = decaySteps == 0 ? 1 : Math.min(1, (steps - step) / decaySteps);
    return peak * Math.min(warmup(step), Math.max(left, 0));
  }

  /// The same, warming up again where the optimiser's moments are fresh.
  ///
  /// @param optimiserSteps steps that the moments remember
  public double at(long step, long optimiserSteps) {
    return at(step) * (optimiserSteps < step ? warmup(optimiserSteps) : 1);
  }

  private double warmup(long step) {
    return warmupSteps == 0 ? 1 : Math.min(1, (step + 1.0) / warmupSteps);
  }
}
