package ai.dimoo.request;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Seeds of random numbers.
public final class Seeds {

  /// New seeds stay below this, so that people can type them.
  private static final long BOUND = 1L << 32;

  private Seeds() {}

  /// The seed that was asked for, 0 among them, or else a new one.
  public static long orRandom(@Nullable Long seed) {
    return seed == null ? ThreadLocalRandom.current().nextLong(BOUND) : seed;
  }
}
