package ai.dimoo.train.vq;

import ai.dimoo.image.Picture;
import ai.dimoo.train.source.TrainingPicture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Pictures to train on as tensors.
///
/// @param pixels [B, 3, H, W] float32, 0..1
/// @param foreground [B, 1, H, W] float32, 1 where a pixel matters more, else 0
/// @param tiles [B·h·w] int64: a number for each tile, equal for equal ones
public record PictureBatch(Tensor pixels, Tensor foreground, Tensor tiles) {

  /// @param pictures of one size
  /// @param tileSide pixels along a tile's side
  static PictureBatch of(List<TrainingPicture> pictures, int tileSide, Device device) {
    Picture first = pictures.getFirst().picture();
    int area = first.width() * first.height();
    float[] foreground = new float[area * pictures.size()];
    long[] tiles = new long[area / (tileSide * tileSide) * pictures.size()];
    Map<Long, Long> known = new HashMap<>();
    int tile = 0;
    for (int b = 0; b < pictures.size(); b++) {
      boolean[] matters = pictures.get(b).foreground();
      for (int i = 0; i < area; i++) {
        foreground[area * b + i] = matters[i] ? 1 : 0;
      }
      Tiles cut = Tiles.of(pictures.get(b).layers(), tileSide);
      for (int i = 0; i < cut.count(); i++) {
        tiles[tile++] = known.computeIfAbsent(Tiles.key(cut.bytes(i)), key -> (long) known.size());
      }
    }
    return new PictureBatch(
        pixels(pictures.stream().map(TrainingPicture::picture).toList())
            .to(device, ScalarType.Float),
        torch
            .tensor(foreground)
            .view(pictures.size(), 1, first.height(), first.width())
            .to(device, ScalarType.Float),
        torch.tensor(tiles, new TensorOptions(ScalarType.Long)).to(device, ScalarType.Long));
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
    return torch
        .tensor(rgb, new TensorOptions(ScalarType.Byte))
        .view(pictures.size(), height, width, 3)
        .permute(0, 3, 1, 2)
        .to(ScalarType.Float)
        .div_(new Scalar(255));
  }
}
