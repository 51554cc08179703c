package ai.dimoo.torch;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Java arrays into tensors and back, by copying.
public final class TensorArrays {

  private TensorArrays() {}

  /// A tensor `[n]` int64 on the device, owned by the caller's `PointerScope`.
  public static Tensor int64(int[] values, Device device) {
    long[] wide = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return Tensor.create(wide).to(device, ScalarType.Long);
  }

  /// The whole numbers (or truth values, as 0 and 1) of a tensor of any shape, row-major.
  public static int[] ints(Tensor tensor) {
    long[] wide = new long[Math.toIntExact(tensor.numel())];
    if (wide.length == 0) { // whose memory has no address
      return new int[0];
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor plain = tensor.cpu().to(ScalarType.Long).contiguous();
      new LongPointer(plain.data_ptr()).get(wide);
    }
    int[] values = new int[wide.length];
    for (int i = 0; i < wide.length; i++) {
      values[i] = Math.toIntExact(wide[i]);
    }
    return values;
  }

  /// The numbers of a tensor of any shape and floating-point format, row-major.
  public static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    try (PointerScope scope = new PointerScope()) {
      Tensor plain = tensor.cpu().to(ScalarType.Float).contiguous();
      new FloatPointer(plain.data_ptr()).get(values);
    }
    return values;
  }

  /// The numbers of a tensor of any shape and format, row-major.
  public static double[] doubles(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.numel())];
    try (PointerScope scope = new PointerScope()) {
      Tensor plain = tensor.cpu().to(ScalarType.Double).contiguous();
      new DoublePointer(plain.data_ptr()).get(values);
    }
    return values;
  }
}
