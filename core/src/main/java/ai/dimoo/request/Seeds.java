package ai.dimoo.request;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Seeds of random numbers: 0 and above.
final class Seeds {

  /// Stands for a new seed each time, as in other programs.
  static final long NEW = -1;

  /// New seeds stay below this, so that people can type them.
  private static final long BOUND = 1L << 32;

  private Seeds() {}

  /// The seed that was asked for, 0 among them, or else a new one.
  static long orRandom(@Nullable Long seed) {
    return seed == null ? ThreadLocalRandom.current().nextLong(BOUND) : seed;
  }
}
