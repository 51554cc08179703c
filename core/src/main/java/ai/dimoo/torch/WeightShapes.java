package ai.dimoo.torch;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Which weights a model has, by asking its constructor.
public final class WeightShapes {

  private WeightShapes() {}

  /// Sizes of each weight's dimensions by its published name, in the order in which they are asked
  /// for.
  ///
  /// @param model constructs the model with the weights that it is given, and closes it; called
  ///   once. These weights have a shape and no numbers
  public static SequencedMap<String, long[]> of(Consumer<Weights> model) {
    SequencedMap<String, long[]> shapes = new LinkedHashMap<>();
    try (PointerScope scope = new PointerScope()) {
      TensorOptions shapeOnly =
          new TensorOptions(ScalarType.Float).device(new DeviceOptional(new Device("meta")));
      model.accept((name, shape) -> {
        shapes.put(name, shape.clone());
        return torch.empty(shape, shapeOnly, null);
      });
    }
    return shapes;
  }
}
