package ai.dimoo.train.worlds.shapes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A set of pixels of a picture, and the few operations on sets of pixels that the judge needs.
/// Neighbours are the four that share an edge.
final class Region {

  private final int width;
  private final int height;
  private final BitSet pixels;

  Region(int width, int height, BitSet pixels) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  /// The number of pixels.
  int area() {
    return pixels.cardinality();
  }

  /// The pixels' indices, row by row.
  int[] indices() {
    return pixels.stream().toArray();
  }

  boolean contains(int pixel) {
    return pixels.get(pixel);
  }

  /// The least box that holds all pixels; the region must not be empty.
  Box box() {
    int left = width;
    int top = height;
    int right = 0;
    int bottom = 0;
    for (int pixel : indices()) {
      left = Math.min(left, pixel % width);
      right = Math.max(right, pixel % width + 1);
      top = Math.min(top, pixel / width);
      bottom = Math.max(bottom, pixel / width + 1);
    }
    return new Box(left, top, right, bottom);
  }

  /// The pixels whose four neighbours all belong too; the picture's edge counts as belonging.
  Region eroded() {
    BitSet inner = new BitSet();
    for (int pixel : indices()) {
      int x = pixel % width;
      boolean keep =
          (x == 0 || pixels.get(pixel - 1))
              && (x == width - 1 || pixels.get(pixel + 1))
              && (pixel < width || pixels.get(pixel - width))
              && (pixel >= width * (height - 1) || pixels.get(pixel + width));
      if (keep) {
        inner.set(pixel);
      }
    }
    return new Region(width, height, inner);
  }

  /// The connected parts.
  List<Region> parts() {
    List<Region> parts = new ArrayList<>();
    BitSet left = (BitSet) pixels.clone();
    while (!left.isEmpty()) {
      BitSet seed = new BitSet();
      seed.set(left.nextSetBit(0));
      Region part = grown(List.of(new Region(width, height, seed))).getFirst();
      left.andNot(part.pixels);
      parts.add(part);
    }
    return parts;
  }

  /// Divides this region among seeds: each pixel goes to the seed that reaches it first. Pixels
  /// that no seed reaches are dropped.
  List<Region> grown(List<Region> seeds) {
    int[] owner = new int[width * height]; // 0: nobody's, else seed's index + 1
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    for (int i = 0; i < seeds.size(); i++) {
      for (int pixel : seeds.get(i).indices()) {
        owner[pixel] = i + 1;
        queue.add(pixel);
      }
    }
    while (!queue.isEmpty()) {
      int pixel = queue.remove();
      int x = pixel % width;
      int[] neighbours = {
        x > 0 ? pixel - 1 : pixel,
        x < width - 1 ? pixel + 1 : pixel,
        pixel >= width ? pixel - width : pixel,
        pixel < width * (height - 1) ? pixel + width : pixel
      };
      for (int next : neighbours) {
        if (owner[next] == 0 && pixels.get(next)) {
          owner[next] = owner[pixel];
          queue.add(next);
        }
      }
    }
    List<Region> parts = new ArrayList<>();
    for (int i = 0; i < seeds.size(); i++) {
      BitSet part = new BitSet();
      for (int pixel = 0; pixel < owner.length; pixel++) {
        if (owner[pixel] == i + 1) {
          part.set(pixel);
        }
      }
      parts.add(new Region(width, height, part));
    }
    return parts;
  }
}
