package ai.dimoo.train.vq;

import ai.dimoo.torch.TorchRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Which code each tile of pixels shall have: k-means over the different tiles of some pictures, in
/// pixels. So a tile's code depends on the tile alone, and no two backgrounds share one. (An
/// encoder left to itself lets a code depend on the whole picture, through its norms and its
/// attention: dozens of codes for one flat patch, which nobody can predict.)
///
/// Not thread-safe. Close it when training ends.
final class TileCodes implements AutoCloseable {

  private static final int ITERATIONS = 20;

  private final Tensor centres; // [codes, 3·side·side]
  private final int tileSide;

  /// @param pictures whose tiles are told apart
  /// @param codes how many codes there are
  TileCodes(PictureBatch pictures, int codes, int tileSide, TorchRandom random) {
    this.tileSide = tileSide;
    try (PointerScope scope = new PointerScope()) {
      Tensor all = tiles(pictures);
      Tensor different =
          torch
              .zeros(pictures.tileCount(), all.size(1))
              .to(all.device(), ScalarType.Float)
              .index_copy_(0, pictures.tiles(), all);
      // A flat patch is in every picture, a piece of an object in few: the root lies between a code
      // for each and a code for the frequent ones.
      Tensor weights = torch.bincount(pictures.tiles()).to(ScalarType.Float).sqrt();
      // on the CPU, whose random numbers are the same on every machine
      Tensor found = KMeans.centres(different.cpu(), weights.cpu(), codes, ITERATIONS, random);
      centres = found.to(all.device(), ScalarType.Float).retainReference();
    }
  }

  /// The code of each tile: [B·h·w] int64
  Tensor of(PictureBatch pictures) {
    return torch.argmin(torch.cdist(tiles(pictures), centres), new LongOptional(1), false);
  }

  /// [B, 3, H, W] → [B·h·w, 3·side·side]
  private Tensor tiles(PictureBatch pictures) {
    Tensor pixels = pictures.pixels();
    long rows = pixels.size(2) / tileSide;
    long columns = pixels.size(3) / tileSide;
    return pixels
        .reshape(pixels.size(0), 3, rows, tileSide, columns, tileSide)
        .permute(0, 2, 4, 1, 3, 5)
        .reshape(-1, 3L * tileSide * tileSide);
  }

  @Override
  public void close() {
    centres.close();
  }
}
