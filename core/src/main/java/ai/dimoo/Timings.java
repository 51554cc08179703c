package ai.dimoo;

import java.time.Duration;

/// How long each stage of a request took.
///
/// @param encode prompt and input pictures to tokens
/// @param sample the denoising steps, with what the listener did between them
/// @param decode tokens to a picture or to text
public record Timings(Duration encode, Duration sample, Duration decode) {

  /// All stages together, without the wait for earlier requests.
  public Duration total() {
    return encode.plus(sample).plus(decode);
  }

  /// Measures stages one after the other.
  static final class Stopwatch {
    private long last = System.nanoTime();

    /// The time since the last call, or since the start.
    Duration lap() {
      long now = System.nanoTime();
      Duration lap = Duration.ofNanos(now - last);
      last = now;
      return lap;
    }
  }
}
