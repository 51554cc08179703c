package ai.dimoo.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Weights on the device and in the number format in which they are to be used. One that is so
/// already is passed on as it is, on its file's own pages; of the others this owns the copies.
///
/// Use it from one thread at a time. Close it when the model that was built from it is not used any
/// more, before its source.
public final class PlacedWeights implements Weights, AutoCloseable {

  private final Weights source;
  private final TorchDevice device;
  private final @Nullable Dtype dtype;
  private final List<Tensor> owned = new ArrayList<>();

  /// @param source stays the caller's to close
  /// @param dtype null: each as it is stored
  public PlacedWeights(Weights source, TorchDevice device, @Nullable Dtype dtype) {
    this.source = source;
    this.device = device;
    this.dtype = dtype;
  }

  @Override
  public Tensor get(String name, long... shape) {
    try (PointerScope scope = new PointerScope()) {
      Tensor tensor = source.get(name, shape);
      // the same tensor, if it lies there in this format already
      ScalarType type = dtype == null ? tensor.scalar_type() : dtype.scalarType();
      Tensor placed = tensor.to(device.toDevice(), type);
      owned.add(placed.retainReference());
      return placed;
    }
  }

  @Override
  public void close() {
    owned.forEach(Tensor::close);
    owned.clear();
  }
}
