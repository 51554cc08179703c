package ai.dimoo.transformer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// The keys and values of every layer and position of one sequence, kept from step to step. Keys
/// are stored before the rotary rotation.
///
/// Not thread-safe. Owns its tensors: close it when the run ends.
public final class KeyValueCache implements AutoCloseable {

  private final List<KeysAndValues> layers = new ArrayList<>();

  /// What one layer attends to, after taking in the positions that were computed.
  record KeysAndValues(Tensor keys, Tensor values) {}

  /// Replaces what is stored of a layer; layers come one after another.
  ///
  /// @param k [1, kvHeads, L, headDim]
  /// @param v [1, kvHeads, L, headDim]
  KeysAndValues replace(int layer, Tensor k, Tensor v) {
    if (layer == layers.size()) {
      layers.add(owned(k, v));
    } else {
      release(layers.get(layer));
      layers.set(layer, owned(k, v));
    }
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
    if (layer >= layers.size()) {
      throw new IllegalStateException("nothing is stored of layer " + layer);
    }
    return layers.get(layer);
  }

  private static KeysAndValues owned(Tensor k, Tensor v) {
    return new KeysAndValues(k.contiguous().retainReference(), v.contiguous().retainReference());
  }

  private static void release(KeysAndValues layer) {
    layer.keys().close();
    layer.values().close();
  }

  @Override
  public void close() {
    layers.forEach(KeyValueCache::release);
    layers.clear();
  }
}
