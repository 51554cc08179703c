package ai.dimoo.train.bench;

import org.jspecify.annotations.Nullable;

/// One line of the ladder: a way to sample a picture, and what it costs.
///
/// @param name such as `exact, int8+bfloat16`; tells it from the others
/// @param format the number format's name
/// @param timesteps of a picture
/// @param pictureSeconds of the transformer's work for one, all its layers
/// @param peakBytes the most memory of the process meanwhile; null where the system does not tell
public record Rung(
    String name, String format, int timesteps, double pictureSeconds, @Nullable Long peakBytes) {

  /// The mean of a picture's steps.
  public double stepSeconds() {
    return pictureSeconds / timesteps;
  }
}
