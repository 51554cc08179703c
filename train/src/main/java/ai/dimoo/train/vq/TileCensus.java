package ai.dimoo.train.vq;

import ai.dimoo.train.source.TrainingPicture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The different tiles of many pictures, and how much each of them matters: the root of how often
/// it occurs, times the mean weight of its occurrences. (A flat tile is in every picture, a piece
/// of an object in few: the root lies between a code for each and a code for the frequent ones.)
///
/// Holds a kilobyte for each different tile of 16×16 pixels. Not thread-safe.
public final class TileCensus {

  /// One of so many tiles is frequent.
  private static final long FREQUENT = 5_000;

  private final int side;
  private final double foregroundWeight;
  private final Map<Long, Integer> numbers = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  private static final class Entry {
    private final byte[] tile;
    private long count;
    private double weight;

    Entry(byte[] tile) {
      this.tile = tile;
    }
  }

  /// @param side pixels along a tile's side
  /// @param foregroundWeight what a tile with foreground in it counts, against 1 of one without
  public TileCensus(int side, double foregroundWeight) {
    this.side = side;
    this.foregroundWeight = foregroundWeight;
  }

  /// Counts the tiles of pictures.
  public void add(List<TrainingPicture> pictures) {
    for (TrainingPicture picture : pictures) {
      Tiles tiles = Tiles.of(picture.layers(), side);
      boolean[] foreground = picture.foregroundTiles(tiles.rows(), tiles.columns());
      for (int i = 0; i < tiles.count(); i++) {
        Entry entry = entry(tiles, i);
        entry.count++;
        entry.weight += foreground[i] ? foregroundWeight : 1;
      }
    }
  }

  private Entry entry(Tiles tiles, int tile) {
    byte[] bytes = tiles.bytes(tile);
    Integer number = numbers.putIfAbsent(Tiles.key(bytes), entries.size());
    if (number == null) {
      entries.add(new Entry(bytes));
    }
    return entries.get(number == null ? entries.size() - 1 : number);
  }

  /// How many different tiles there are.
  public int size() {
    return entries.size();
  }

  /// Pixels along a tile's side.
  public int side() {
    return side;
  }

  /// The tiles in the order in which they came: [n, 4·side·side] float32, 0..1, red plane first, in
  /// the caller's scope.
  Tensor points() {
    List<byte[]> all = entries.stream().map(entry -> entry.tile).toList();
    return points(all, side);
  }

  /// The tiles that are so frequent that each shall have a code of its own: flat backgrounds, which
  /// differ too little for their frequency to tell, and which every eye tells apart.
  ///
  /// @param most how many at most, the most frequent ones
  /// @return their numbers in ascending order
  long[] frequent(int most) {
    long all = entries.stream().mapToLong(entry -> entry.count).sum();
    return IntStream.range(0, entries.size())
        .filter(i -> entries.get(i).count * FREQUENT >= all)
        .boxed()
        .sorted(Comparator.comparingLong((Integer i) -> -entries.get(i).count))
        .limit(most)
        .mapToLong(Integer::longValue)
        .sorted()
        .toArray();
  }

  /// What each tile counts: [n] float32
  Tensor weights() {
    float[] weights = new float[entries.size()];
    for (int i = 0; i < weights.length; i++) {
      Entry entry = entries.get(i);
      weights[i] = (float) (entry.weight / Math.sqrt(entry.count));
    }
    return torch.tensor(weights);
  }

  /// Tiles as rows of numbers.
  ///
  /// @param tiles as [Tiles#bytes] gives them
  /// @return [n, 4·side·side] float32, 0..1: the planes of red, green, blue and coverage
  static Tensor points(List<byte[]> tiles, int side) {
    int each = Tiles.PLANES * side * side;
    Tensor points =
        torch.empty(new long[] {tiles.size(), each}, new TensorOptions(ScalarType.Float), null);
    int chunk = Math.max(1, (1 << 24) / each); // 16 MB of bytes at a time
    for (int from = 0; from < tiles.size(); from += chunk) {
      List<byte[]> some = tiles.subList(from, Math.min(tiles.size(), from + chunk));
      byte[] bytes = new byte[some.size() * each];
      for (int i = 0; i < some.size(); i++) {
        System.arraycopy(some.get(i), 0, bytes, i * each, each);
      }
      try (PointerScope scope = new PointerScope()) {
        Tensor planes =
            torch
                .tensor(bytes, new TensorOptions(ScalarType.Byte))
                .view(some.size(), side, side, Tiles.PLANES)
                .permute(0, 3, 1, 2)
                .reshape(some.size(), each)
                .to(ScalarType.Float)
                .div_(new Scalar(255));
        points.narrow(0, from, some.size()).copy_(planes);
      }
    }
    return points;
  }
}
