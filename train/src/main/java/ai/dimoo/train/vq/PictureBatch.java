package ai.dimoo.train.vq;

import ai.dimoo.image.Picture;
import ai.dimoo.train.shapes.Renderer;
import ai.dimoo.train.shapes.Scene;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Rendered scenes as tensors.
///
/// @param pixels [B, 3, H, W] float32, 0..1
/// @param inObject [B, 1, H, W] float32, 1 inside an object's box, else 0
/// @param tiles [B·h·w] int64: a number for each tile of pixels, equal for equal pixels
/// @param tileCount how many different tiles there are
public record PictureBatch(Tensor pixels, Tensor inObject, Tensor tiles, long tileCount) {

  /// Renders scenes of one size.
  ///
  /// @param tileSide pixels along a tile's side
  public static PictureBatch of(List<Scene> scenes, int tileSide) {
    int width = scenes.getFirst().width();
    int height = scenes.getFirst().height();
    int area = width * height;
    byte[] rgb = new byte[3 * area * scenes.size()];
    float[] object = new float[area * scenes.size()];
    long[] tiles = new long[area / (tileSide * tileSide) * scenes.size()];
    Map<Long, Long> known = new HashMap<>();
    int tile = 0;
    for (int b = 0; b < scenes.size(); b++) {
      byte[] bytes = Renderer.render(scenes.get(b)).toBytes();
      System.arraycopy(bytes, 0, rgb, 3 * area * b, 3 * area);
      boolean[] mask = Renderer.objectMask(scenes.get(b));
      for (int i = 0; i < area; i++) {
        object[area * b + i] = mask[i] ? 1 : 0;
      }
      for (int top = 0; top < height; top += tileSide) {
        for (int left = 0; left < width; left += tileSide) {
          long hash = tileHash(bytes, width, left, top, tileSide);
          tiles[tile++] = known.computeIfAbsent(hash, h -> (long) known.size());
        }
      }
    }
    return new PictureBatch(
        pixels(rgb, scenes.size(), height, width),
        torch.tensor(object).view(scenes.size(), 1, height, width),
        torch.tensor(tiles, new TensorOptions(ScalarType.Long)),
        known.size());
  }

  /// Pictures of one size as [B, 3, H, W] float32, 0..1.
  public static Tensor pixels(List<Picture> pictures) {
    int width = pictures.getFirst().width();
    int height = pictures.getFirst().height();
    byte[] rgb = new byte[3 * width * height * pictures.size()];
    for (int b = 0; b < pictures.size(); b++) {
      byte[] bytes = pictures.get(b).toBytes();
      System.arraycopy(bytes, 0, rgb, bytes.length * b, bytes.length);
    }
    return pixels(rgb, pictures.size(), height, width);
  }

  private static Tensor pixels(byte[] rgb, int count, int height, int width) {
    return torch
        .tensor(rgb, new TensorOptions(ScalarType.Byte))
        .view(count, height, width, 3)
        .permute(0, 3, 1, 2)
        .to(ScalarType.Float)
        .div_(new Scalar(255));
  }

  /// The same on another device.
  public PictureBatch to(Device device) {
    return new PictureBatch(
        pixels.to(device, ScalarType.Float),
        inObject.to(device, ScalarType.Float),
        tiles.to(device, ScalarType.Long),
        tileCount);
  }

  private static long tileHash(byte[] rgb, int width, int left, int top, int side) {
    long hash = 0;
    for (int y = top; y < top + side; y++) {
      int from = 3 * (y * width + left);
      byte[] row = Arrays.copyOfRange(rgb, from, from + 3 * side);
      for (byte value : row) {
        hash = (hash ^ value) * 0x100000001B3L + 0x9E3779B97F4A7C15L;
      }
    }
    return hash;
  }
}
