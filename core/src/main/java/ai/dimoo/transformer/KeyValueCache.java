package ai.dimoo.transformer;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// The keys and values of every layer and position of one sequence, kept from step to step. Keys
/// are stored before the rotary rotation.
///
/// Not thread-safe. Owns its tensors: close it when the run ends.
public final class KeyValueCache implements AutoCloseable {

  private final @Nullable Tensor[] keys;
  private final @Nullable Tensor[] values;

  /// An empty cache for a model of this shape.
  public KeyValueCache(TransformerConfig config) {
    keys = new Tensor[config.nLayers()];
    values = new Tensor[config.nLayers()];
  }

  /// What one layer attends to, after taking in the positions that were computed.
  record KeysAndValues(Tensor keys, Tensor values) {}

  /// Replaces what is stored of a layer.
  ///
  /// @param k [1, kvHeads, L, headDim]
  /// @param v [1, kvHeads, L, headDim]
  KeysAndValues replace(int layer, Tensor k, Tensor v) {
    release(layer);
    keys[layer] = k.contiguous().retainReference();
    values[layer] = v.contiguous().retainReference();
    return stored(layer);
  }

  /// Writes the computed positions of a layer over the stored ones.
  ///
  /// @param positions [n] int64
  /// @param k [1, kvHeads, n, headDim]
  /// @param v [1, kvHeads, n, headDim]
  KeysAndValues update(int layer, Tensor positions, Tensor k, Tensor v) {
    stored(layer).keys().index_copy_(2, positions, k);
    stored(layer).values().index_copy_(2, positions, v);
    return stored(layer);
  }

  /// The length of the sequence that is stored.
  long length() {
    return stored(0).keys().size(2);
  }

  private KeysAndValues stored(int layer) {
    Tensor k = keys[layer];
    Tensor v = values[layer];
    if (k == null || v == null) {
      throw new IllegalStateException("nothing is stored of layer " + layer);
    }
    return new KeysAndValues(k, v);
  }

  private void release(int layer) {
    if (keys[layer] != null) {
      keys[layer].close();
      values[layer].close();
      keys[layer] = null;
      values[layer] = null;
    }
  }

  @Override
  public void close() {
    for (int layer = 0; layer < keys.length; layer++) {
      release(layer);
    }
  }
}
