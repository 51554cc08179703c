package ai.dimoo.vq;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.FiniteNumbers;
import ai.dimoo.torch.PlacedWeights;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchDevice;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// A checkpoint's VQ model as plain arrays in and out: pixels to codes and back. It computes in
/// float32, as the reference does whatever the transformer's format.
///
/// Several platform threads may use it. Close it before the checkpoint.
public final class VqCodec implements AutoCloseable {

  private final PlacedWeights weights;
  private final VqModel model;
  private final Device device;

  private VqCodec(PlacedWeights weights, VqModel model, Device device) {
    this.weights = weights;
    this.model = model;
    this.device = device;
  }

  /// Loads the VQ model of a checkpoint, which stays the caller's to close.
  ///
  /// @throws ai.dimoo.error.UserException if it is missing or not usable
  public static VqCodec open(Checkpoint checkpoint, TorchDevice device) {
    VqConfig config = VqConfig.of(checkpoint.vqConfig());
    PlacedWeights weights = new PlacedWeights(checkpoint.vqWeights(), device, Dtype.FLOAT32);
    try {
      return new VqCodec(weights, new VqModel(config, weights), device.toDevice());
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /// The shape of the model.
  public VqConfig config() {
    return model.config();
  }

  /// Pixels to codes.
  ///
  /// @param planes [3, height, width] in 0..1
  /// @param width a multiple of `pixelsPerCode`, and so is `height`
  /// @return [height / f, width / f] codes, row-major
  public int[] encode(float[] planes, int width, int height) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradient = new AutoGradMode(false)) {
      Tensor pixels =
          torch
              .from_blob(new FloatPointer(planes), 1, 3, height, width)
              .to(device, ScalarType.Float);
      Tensor features = FiniteNumbers.require(model.encode(pixels), "the VQ encoder's features");
      return TensorArrays.ints(model.nearestCodes(features));
    }
  }

  /// Codes to pixels.
  ///
  /// @param codes [rows, columns], row-major
  /// @return [3, rows · f, columns · f], about 0..1, not clipped
  public float[] decode(int[] codes, int rows, int columns) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradient = new AutoGradMode(false)) {
      Tensor grid = TensorArrays.int64(codes, device).view(1, rows, columns);
      return TensorArrays.floats(
          FiniteNumbers.require(model.decode(grid), "the VQ decoder's pixels"));
    }
  }

  @Override
  public void close() {
    weights.close();
    device.close();
  }
}
