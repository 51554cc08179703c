package ai.dimoo.train.vq;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.checkpoint.SafetensorsWriter;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.train.source.Layered;
import ai.dimoo.train.source.PictureEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Which code each tile of pixels has: the nearest centre of a k-means over the different tiles of
/// some pictures, in pixels; where things cover a part of a tile, in those of the things, so that
/// it has one code before every background. (An encoder left to itself lets a code depend on the
/// whole picture, through its norms and its attention: dozens of codes for one flat patch, which
/// nobody can predict.)
///
/// The centres are computed once and written to a file; from then on they are what codes mean. The
/// transformer can be trained on them while the VQ model, which will replace them, still learns to
/// say the same codes.
///
/// Codes that were looked up once are remembered. May be used from several platform threads; close
/// it when training ends.
public final class TileCodes implements PictureEncoder, AutoCloseable {

  private static final int ITERATIONS = 12;

  /// At most one code of so many goes to a frequent tile.
  private static final int FREQUENT_SHARE = 4;

  /// The weight of tiles that have their codes already.
  private static final double NEARLY_NOTHING = 1e-9;

  private static final String CENTRES = "centres";

  /// Tiles that are remembered, some hundred bytes each.
  private static final int MOST_KNOWN = 1 << 20;

  /// Unknown tiles are looked up in blocks of this many rows, filled up with zeros, so that a
  /// tile's numbers are added up in one order whatever comes with it.
  private static final int BLOCK = 256;

  private final Tensor centres; // [codes, 4·side·side] float32 on the CPU, as in TileCensus
  private final int side;
  private final Map<Long, Integer> known = new ConcurrentHashMap<>();

  private TileCodes(Tensor centres, int side) {
    this.centres = centres.retainReference();
    this.side = side;
  }

  /// Follows the search for centres.
  @FunctionalInterface
  public interface Progress {

    /// @param done iterations so far
    /// @param all iterations
    /// @param psnr the weighted peak signal-to-noise ratio over the tiles that the iteration began
    ///   with, in decibels
    void iterated(int done, int all, double psnr);
  }

  /// Finds the centres of the tiles of a census: the frequent tiles themselves, and k-means over
  /// the others.
  ///
  /// @param codes how many
  /// @param seed of the k-means
  /// @param progress told after each iteration
  /// @throws UserException if there are fewer different tiles than codes
  public static TileCodes learn(TileCensus census, int codes, long seed, Progress progress) {
    if (census.size() < codes) {
      throw new UserException(
          "The pictures have %d different tiles, fewer than the %d codes; count more pictures or"
                  .formatted(census.size(), codes)
              + " choose fewer codes.");
    }
    int numbers = Tiles.PLANES * census.side() * census.side();
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false);
        TorchRandom random = new TorchRandom(seed)) {
      Tensor points = census.points();
      Tensor weights = census.weights().clone();
      Tensor frequent = torch.tensor(census.frequent(codes / FREQUENT_SHARE));
      Tensor own = points.index_select(0, frequent);
      weights.index_fill_(0, frequent, new Scalar(NEARLY_NOTHING));
      Tensor found =
          KMeans.centres(
              points,
              weights,
              codes - (int) own.size(0),
              ITERATIONS,
              random,
              (iteration, error) ->
                  progress.iterated(iteration, ITERATIONS, -10 * Math.log10(error / numbers)));
      return new TileCodes(
          fractions(bytes(torch.cat(new TensorVector(own, found), 0))), census.side());
    }
  }

  /// Reads centres from a file of [#write].
  ///
  /// @throws UserException if the file is missing or holds none
  public static TileCodes read(Path file) {
    try (SafetensorsFile saved = SafetensorsFile.open(file);
        PointerScope scope = new PointerScope()) {
      long[] shape = saved.info(CENTRES).sizes();
      int side =
          shape.length == 2 ? (int) Math.round(Math.sqrt(shape[1] / (double) Tiles.PLANES)) : 0;
      if (side == 0 || shape[1] != (long) Tiles.PLANES * side * side) {
        throw new UserException(
            file + " holds no centres of tiles: its tensor has the wrong shape; make it again.");
      }
      return new TileCodes(fractions(saved.tensor(CENTRES)), side);
    }
  }

  /// Writes the centres, whole or not at all.
  public void write(Path file) {
    try (PointerScope scope = new PointerScope()) {
      SafetensorsWriter.write(file, tensors(), Map.of());
    }
  }

  /// What a file of them holds: `centres`, [codes, 4·side·side] of whole numbers from 0 to 255, in
  /// the caller's scope. Centres are rounded to these when they are found, so that a file is small
  /// and exact.
  public Map<String, Tensor> tensors() {
    return Map.of(CENTRES, bytes(centres));
  }

  /// 0..1 → 0..255
  private static Tensor bytes(Tensor fractions) {
    return fractions.mul(new Scalar(255)).round().to(ScalarType.Byte);
  }

  /// 0..255 → 0..1
  private static Tensor fractions(Tensor bytes) {
    return bytes.to(ScalarType.Float).div_(new Scalar(255));
  }

  /// The centres in few numbers, similar ones near each other: their principal components, of
  /// variance 2 on average. In the caller's scope.
  ///
  /// @param dimensions how many numbers
  /// @return [codes, dimensions]
  Tensor reduced(int dimensions) {
    Tensor around = centres.sub(centres.mean(0).unsqueeze(0));
    Tensor axes = torch.linalg_eigh(around.t().matmul(around), new BytePointer("L")).get1();
    Tensor last = axes.narrow(1, axes.size(1) - dimensions, dimensions); // of the largest variance
    Tensor reduced = around.matmul(last);
    return reduced.mul(torch.rsqrt(reduced.square().mean().div(new Scalar(2))));
  }

  /// What a transformer may be told of the looks of the tiles: their principal components, each
  /// divided by the root of its deviation, so that details count beside the colour of the whole; a
  /// tile's numbers have the length 1 on average. In the caller's scope.
  ///
  /// @param numbers how many for each tile
  /// @return [codes, numbers] float32
  public Tensor features(int numbers) {
    Tensor reduced = reduced(numbers);
    Tensor features = reduced.div(reduced.square().mean(0).sqrt().sqrt());
    return features.mul(features.square().mean().mul(new Scalar(numbers)).rsqrt());
  }

  /// The vectors of a codebook that need not be learned: principal components as above, of the
  /// length 8 on average, so that a softmax over distances tells most codes apart. In the caller's
  /// scope.
  ///
  /// @param dimensions how many numbers a vector has
  /// @return [codes, dimensions] float32
  Tensor vectors(int dimensions) {
    return features(dimensions).mul(new Scalar(8));
  }

  /// How many codes there are.
  public int codes() {
    return (int) centres.size(0);
  }

  /// Pixels along a tile's side.
  public int side() {
    return side;
  }

  /// The nearest centre of each tile.
  ///
  /// @throws IllegalArgumentException if a picture is not whole tiles
  @Override
  public List<CodeGrid> encode(List<Layered> pictures) {
    List<Tiles> all = pictures.stream().map(picture -> Tiles.of(picture, side)).toList();
    Map<Long, Integer> codes = new LinkedHashMap<>(); // of these pictures
    Map<Long, byte[]> unknown = new LinkedHashMap<>();
    long[][] keys = new long[all.size()][];
    for (int p = 0; p < keys.length; p++) {
      Tiles tiles = all.get(p);
      keys[p] = new long[tiles.count()];
      for (int i = 0; i < keys[p].length; i++) {
        byte[] tile = tiles.bytes(i);
        long key = Tiles.key(tile);
        keys[p][i] = key;
        Integer code = codes.containsKey(key) ? null : known.get(key);
        if (code != null) {
          codes.put(key, code);
        } else if (!codes.containsKey(key) && !unknown.containsKey(key)) {
          unknown.put(key, tile);
        }
      }
    }
    codes.putAll(lookUp(unknown));
    List<CodeGrid> grids = new ArrayList<>();
    for (int p = 0; p < keys.length; p++) {
      int[] grid = new int[keys[p].length];
      for (int i = 0; i < grid.length; i++) {
        grid[i] = codes.get(keys[p][i]);
      }
      grids.add(new CodeGrid(all.get(p).rows(), all.get(p).columns(), grid));
    }
    return grids;
  }

  /// Finds codes and remembers them.
  private Map<Long, Integer> lookUp(Map<Long, byte[]> tiles) {
    List<Long> keys = new ArrayList<>(tiles.keySet());
    List<byte[]> bytes = new ArrayList<>(tiles.values());
    Map<Long, Integer> found = new LinkedHashMap<>();
    for (int from = 0; from < keys.size(); from += BLOCK) {
      int to = Math.min(keys.size(), from + BLOCK);
      List<byte[]> block = new ArrayList<>(bytes.subList(from, to));
      while (block.size() < BLOCK) {
        block.add(new byte[Tiles.PLANES * side * side]);
      }
      int[] codes = nearest(block);
      for (int i = from; i < to; i++) {
        found.put(keys.get(i), codes[i - from]);
      }
    }
    if (known.size() < MOST_KNOWN) {
      known.putAll(found);
    }
    return found;
  }

  private int[] nearest(List<byte[]> block) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      return TensorArrays.ints(KMeans.nearest(TileCensus.points(block, side), centres).centre());
    }
  }

  /// The picture whose tiles are the centres, things on grey: what a VQ model that had learned
  /// nothing but these centres would decode.
  public Picture decode(CodeGrid grid) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      Tensor tiles = centres.index_select(0, torch.tensor(wide(grid.codes())));
      Tensor planes =
          tiles
              .narrow(1, 0, 3L * side * side)
              .reshape(grid.rows(), grid.columns(), 3, side, side)
              .permute(2, 0, 3, 1, 4)
              .contiguous();
      return Picture.fromPlanes(
          TensorArrays.floats(planes), grid.columns() * side, grid.rows() * side);
    }
  }

  private static long[] wide(int[] codes) {
    long[] wide = new long[codes.length];
    for (int i = 0; i < codes.length; i++) {
      wide[i] = codes[i];
    }
    return wide;
  }

  @Override
  public void close() {
    centres.close();
  }
}
