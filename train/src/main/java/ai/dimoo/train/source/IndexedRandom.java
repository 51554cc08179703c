package ai.dimoo.train.source;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Random numbers for each element of a stream: `L64X128MixRandom`, whose numbers the platform
/// documents as fixed for a seed.
public final class IndexedRandom {

  private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private IndexedRandom() {}

  /// The generator for one element of a stream, independent of every other element's.
  public static RandomGenerator at(long seed, long index) {
    long z = seed * 0x9E3779B97F4A7C15L + index + 0x632BE59BD9B4E019L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return FACTORY.create(z ^ z >>> 31);
  }
}
