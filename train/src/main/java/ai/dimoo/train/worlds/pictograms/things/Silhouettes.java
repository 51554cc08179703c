package ai.dimoo.train.worlds.pictograms.things;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which things cannot be told apart by their outlines alone.
public final class Silhouettes {

  /// Two silhouettes of 64 pixels coincide if they have at least this share of their pixels in
  /// common.
  public static final double COINCIDING = 0.97;

  private Silhouettes() {}

  /// The pixels that both cover, as a share of those that either covers: from 0 to 1.
  public static double overlap(BitSet a, BitSet b) {
    BitSet both = (BitSet) a.clone();
    both.and(b);
    int common = both.cardinality();
    int either = a.cardinality() + b.cardinality() - common;
    return either == 0 ? 1 : common / (double) either;
  }

  /// The silhouette of a sprite.
  public static BitSet of(Sprite sprite) {
    BitSet bits = new BitSet();
    boolean[] solid = sprite.silhouette();
    for (int i = 0; i < solid.length; i++) {
      bits.set(i, solid[i]);
    }
    return bits;
  }

  /// The class of each thing, by its key: things share one if any silhouettes of theirs coincide,
  /// by whichever artist, directly or through others. A class bears the key of its first thing.
  public static Map<String, String> classes(List<Thing> things, Sprites sprites) {
    List<List<BitSet>> silhouettes = new ArrayList<>();
    for (Thing thing : things) {
      List<BitSet> both = new ArrayList<>();
      for (Artist artist : Artist.values()) {
        both.add(of(sprites.of(thing, artist, Sprites.LARGE)));
      }
      silhouettes.add(both);
    }
    int[] first = new int[things.size()];
    for (int i = 0; i < first.length; i++) {
      first[i] = i;
      for (int j = 0; j < i; j++) {
        if (coincide(silhouettes.get(i), silhouettes.get(j))) {
          join(first, i, j);
        }
      }
    }
    Map<String, String> classes = new HashMap<>();
    for (int i = 0; i < first.length; i++) {
      classes.put(things.get(i).key(), things.get(root(first, i)).key());
    }
    return classes;
  }

  private static boolean coincide(List<BitSet> some, List<BitSet> others) {
    return some.stream().anyMatch(a -> others.stream().anyMatch(b -> overlap(a, b) >= COINCIDING));
  }

  private static void join(int[] first, int i, int j) {
    int a = root(first, i);
    int b = root(first, j);
    first[Math.max(a, b)] = Math.min(a, b);
  }

  private static int root(int[] first, int i) {
    return first[i] == i ? i : root(first, first[i]);
  }
}
