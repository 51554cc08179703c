package ai.dimoo.train.bench;

import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.Weights;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// Weights of whatever shape is asked for, drawn in place in their own number format, so that a
/// large model needs no memory beyond its own. Close it after the model.
final class RandomWeights implements Weights, AutoCloseable {

  /// About the spread that LLaDA's matrices have; large enough to keep clear of denormal numbers.
  private static final double SPREAD = 0.02;

  private final TorchDevice device;
  private final Dtype dtype;
  private final Map<String, Tensor> owned = new HashMap<>();

  RandomWeights(TorchDevice device, Dtype dtype) {
    this.device = device;
    this.dtype = dtype;
  }

  @Override
  public Tensor get(String name, long... shape) {
    try (PointerScope scope = new PointerScope()) {
      TensorOptions options =
          new TensorOptions(dtype.scalarType()).device(new DeviceOptional(device.toDevice()));
      Tensor tensor = torch.empty(shape, options, new MemoryFormatOptional());
      owned.put(name, tensor.retainReference());
      if (shape.length == 1) {
        tensor.fill_(new Scalar(1.0)); // a norm
      } else {
        tensor.uniform_(-SPREAD, SPREAD, new GeneratorOptional());
      }
      return tensor;
    }
  }

  /// Those that were asked for, by name; they stay this object's.
  Map<String, Tensor> all() {
    return Map.copyOf(owned);
  }

  /// Frees a tensor that is not needed any more.
  void free(String name) {
    Tensor tensor = owned.remove(name);
    if (tensor != null) {
      tensor.close();
    }
  }

  @Override
  public void close() {
    owned.values().forEach(Tensor::close);
    owned.clear();
  }
}
