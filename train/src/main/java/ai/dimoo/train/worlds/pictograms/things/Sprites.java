package ai.dimoo.train.worlds.pictograms.things;

import ai.dimoo.error.EnvironmentException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Things as both artists drew them. Immutable and safe to share between threads.
public final class Sprites {

  /// Pixels a side of large things, and of small ones. Both are averaged from the same fine raster.
  public static final int LARGE = 64;

  public static final int SMALL = 32;

  private record Key(Thing thing, Artist artist) {}

  private final Map<Artist, Map<String, SpriteSizes>> drawn = new EnumMap<>(Artist.class);

  private Sprites(List<Key> keys, List<SpriteSizes> sizes) {
    for (Artist artist : Artist.values()) {
      drawn.put(artist, new HashMap<>());
    }
    for (int i = 0; i < keys.size(); i++) {
      Key key = keys.get(i);
      drawn.get(key.artist()).put(key.thing().icon(key.artist()), sizes.get(i));
    }
  }

  /// Draws these things by both artists: some seconds the first time, then read from a file that
  /// lies beside the icons.
  ///
  /// @throws EnvironmentException if the icons were not fetched
  public static Sprites draw(Collection<Thing> things) {
    IconFolder.require();
    List<Key> keys =
        things.stream()
            .flatMap(thing -> Stream.of(Artist.values()).map(artist -> new Key(thing, artist)))
            .toList();
    List<String> names =
        keys.stream().map(key -> key.artist() + " " + key.thing().icon(key.artist())).toList();
    return new Sprites(keys, SpriteFile.of(names).sizes(() -> draw(keys, Icons.open())));
  }

  /// A thing as an artist drew it, filling its square but for a margin of one pixel of 64.
  ///
  /// @param thing one of those that were drawn
  /// @param side [#LARGE] or [#SMALL]
  public Sprite of(Thing thing, Artist artist, int side) {
    SpriteSizes sizes = drawn.get(artist).get(thing.icon(artist));
    if (sizes == null) {
      throw new IllegalArgumentException(thing.key() + " was not drawn");
    }
    return sizes.of(side);
  }

  private static List<SpriteSizes> draw(List<Key> keys, Icons icons) {
    return keys.parallelStream()
        .map(key -> {
          String svg = icons.svg(key.artist(), key.thing().icon(key.artist()));
          List<Sprite> sizes = new SvgDrawing(svg).fitted(LARGE, SMALL);
          return new SpriteSizes(sizes.getFirst(), sizes.getLast());
        })
        .toList();
  }
}
