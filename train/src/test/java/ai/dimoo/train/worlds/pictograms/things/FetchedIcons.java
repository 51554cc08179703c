package ai.dimoo.train.worlds.pictograms.things;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// For tests that need the artists' drawings.
public final class FetchedIcons {

  private FetchedIcons() {}

  /// Skips the test where the icons were not fetched.
  public static void require() {
    assumeTrue(IconFolder.isThere(), "needs the pictograms: run bin/fetch-icons (npm and network)");
  }
}
