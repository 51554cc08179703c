package ai.dimoo.diffusion;

import ai.dimoo.error.UserException;

/// How the max-logit cache works (reference options of the same names).
///
/// @param cacheRatio share of the positions that a cached step does not compute, 0..1
/// @param warmupRatio share of the steps at the start that compute all positions, 0..1
/// @param refreshInterval after the start, every so many steps one computes all positions; at least
///   1
public record CacheSettings(double cacheRatio, double warmupRatio, int refreshInterval) {

  /// The reference's defaults.
  public static final CacheSettings DEFAULT = new CacheSettings(0.9, 0.3, 5);

  /// @throws UserException if a value is out of range
  public CacheSettings {
    SettingsChecks.share(cacheRatio, "cache_ratio");
    SettingsChecks.share(warmupRatio, "warmup_ratio");
    SettingsChecks.atLeast(1, refreshInterval, "refresh_interval");
  }

  /// Whether a step computes every position and replaces what is stored.
  ///
  /// @param step 0 … steps − 1
  boolean refreshes(int step, int steps) {
    int warmup = (int) (steps * warmupRatio);
    return step <= warmup || (step - warmup) % refreshInterval == 0;
  }
}
