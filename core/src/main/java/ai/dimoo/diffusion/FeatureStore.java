package ai.dimoo.diffusion;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// The features of one sequence after the last norm, kept from step to step for the shortcut
/// network.
///
/// Not thread-safe. Owns its tensor: close it when the run ends.
public final class FeatureStore implements AutoCloseable {

  private @Nullable Tensor features; // [L, d]

  /// Replaces what is stored.
  void replace(Tensor others) {
    close();
    features = others.retainReference();
  }

  /// What is stored: [L, d]
  Tensor features() {
    if (features == null) {
      throw new IllegalStateException("no features are stored");
    }
    return features;
  }

  @Override
  public void close() {
    if (features != null) {
      features.close();
      features = null;
    }
  }
}
