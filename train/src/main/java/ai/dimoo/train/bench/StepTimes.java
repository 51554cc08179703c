package ai.dimoo.train.bench;

import org.jspecify.annotations.Nullable;

/// What one denoising step of text-to-image costs, guidance included (two sequences).
///
/// @param secondsPerStep median over the runs of a run's mean
/// @param tokensPerSecond positions of both sequences that a step brings up to date, per second
/// @param peakBytes the most memory of the process meanwhile; null where the system does not tell
public record StepTimes(double secondsPerStep, double tokensPerSecond, @Nullable Long peakBytes) {}
