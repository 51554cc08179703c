package ai.dimoo.app;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.error.UserException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The max-logit cache: steps that recompute only the positions that are still changing.
final class CacheOptions {

  /// The published defaults (reference code, generate.py; paper section 5).
  static final double RATIO = 0.9;

  static final double WARMUP_RATIO = 0.3;
  static final int REFRESH_INTERVAL = 5;

  @Option(
      names = "--cache",
      description =
          "Use the max-logit cache: about twice as fast on long sequences, at a small loss"
              + " (default: off; any of the next three options turns it on too).")
  boolean cache;

  @Option(
      names = "--cache-ratio",
      paramLabel = "X",
      description =
          "Share of the positions that a cached step reuses, 0 to 1 (default: " + RATIO + ").")
  @Nullable Double cacheRatio;

  @Option(
      names = "--warmup-ratio",
      paramLabel = "X",
      description =
          "Share of the steps, from the first, that compute everything, 0 to 1 (default: "
              + WARMUP_RATIO
              + ").")
  @Nullable Double warmupRatio;

  @Option(
      names = "--refresh-interval",
      paramLabel = "N",
      description =
          "After the warm-up every Nth step computes everything (default: "
              + REFRESH_INTERVAL
              + ").")
  @Nullable Integer refreshInterval;

  @Option(
      names = "--no-cache",
      description =
          "Do not use the cache, though the picture of --like was made with it (default: off).")
  boolean noCache;

  /// Whether the cache is wanted.
  boolean enabled() {
    return cache || cacheRatio != null || warmupRatio != null || refreshInterval != null;
  }

  /// What to do about the cache.
  ///
  /// @param otherwise where no option says; null: no cache
  /// @return null for no cache
  /// @throws UserException if the options contradict each other
  @Nullable CacheSettings settings(@Nullable CacheSettings otherwise) {
    if (noCache && enabled()) {
      throw new UserException(
          "--no-cache turns off what --cache, --cache-ratio, --warmup-ratio or --refresh-interval"
              + " turns on: leave out one.");
    }
    if (noCache) {
      return null;
    }
    return enabled() ? settings() : otherwise;
  }

  /// What was given, and the published defaults for the rest.
  private CacheSettings settings() {
    CacheSettings defaults = CacheSettings.DEFAULT;
    return new CacheSettings(
        cacheRatio == null ? defaults.cacheRatio() : cacheRatio,
        warmupRatio == null ? defaults.warmupRatio() : warmupRatio,
        refreshInterval == null ? defaults.refreshInterval() : refreshInterval);
  }
}
