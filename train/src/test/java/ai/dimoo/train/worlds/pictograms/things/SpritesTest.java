package ai.dimoo.train.worlds.pictograms.things;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What was recorded is renewed with DIMOO_WRITE_DOCS=1, after a look at the pictures.
class SpritesTest {

  private static final Path RECORDED =
      Path.of("src/test/resources/ai/dimoo/train/worlds/pictograms/things/sprites.tsv");

  private static Things things;
  private static Sprites sprites;

  @BeforeAll
  static void draw() {
    FetchedIcons.require();
    things = Things.load();
    sprites = Sprites.draw(things.taught());
  }

  @Test
  void thingsFillTheirSquaresButForAMargin() {
    for (Thing thing : things.taught()) {
      for (Artist artist : Artist.values()) {
        int[] extent = extent(sprites.of(thing, artist, Sprites.LARGE));
        assertThat(Math.max(extent[0], extent[1])).as("%s by %s", thing, artist).isBetween(58, 64);
      }
    }
  }

  @Test
  void largeAndSmallOnesShowTheSame() {
    Thing fox = things.byKey("fox");
    Sprite large = sprites.of(fox, Artist.NOTO, Sprites.LARGE);
    Sprite small = sprites.of(fox, Artist.NOTO, Sprites.SMALL);
    for (int y = 0; y < Sprites.SMALL; y++) {
      for (int x = 0; x < Sprites.SMALL; x++) {
        int alpha =
            large.alpha(2 * x, 2 * y)
                + large.alpha(2 * x + 1, 2 * y)
                + large.alpha(2 * x, 2 * y + 1)
                + large.alpha(2 * x + 1, 2 * y + 1);
        assertThat(4 * small.alpha(x, y)).isBetween(alpha - 4, alpha + 4);
      }
    }
  }

  @Test
  void theFileOfEarlierDrawingsHoldsWhatIsDrawn() {
    List<Thing> few = List.of(things.byKey("key"), things.byKey("frog"));
    Icons icons = Icons.open();
    for (Thing thing : few) {
      for (Artist artist : Artist.values()) {
        Sprite drawn =
            new SvgDrawing(icons.svg(artist, thing.icon(artist))).fitted(Sprites.LARGE).getFirst();
        assertThat(sprites.of(thing, artist, Sprites.LARGE)).isEqualTo(drawn);
      }
    }
  }

  @Test
  void drawingsAreThoseThatWereRecorded() throws IOException {
    List<String> sums = new ArrayList<>();
    for (Thing thing : things.taught()) {
      for (Artist artist : Artist.values()) {
        Sprite large = sprites.of(thing, artist, Sprites.LARGE);
        Sprite small = sprites.of(thing, artist, Sprites.SMALL);
        sums.add(line(thing, artist, "64", large));
        sums.add(line(thing, artist, "32", small));
      }
    }
    for (Thing thing : things.rendered()) {
      Artist artist = Artist.values()[thing.key().length() % 2];
      Sprite sprite = sprites.of(thing, artist, Sprites.LARGE);
      for (Rendering rendering : Rendering.values()) {
        sums.add(line(thing, artist, rendering.word(), rendering.of(sprite)));
      }
      for (Colour colour : Colour.basic()) {
        sums.add(line(thing, artist, colour.word(), colour.tint(sprite)));
      }
    }
    if (System.getenv("DIMOO_WRITE_DOCS") != null) {
      Files.writeString(RECORDED, String.join("\n", sums) + "\n", StandardCharsets.UTF_8);
    }
    assertThat(sums).isEqualTo(Files.readAllLines(RECORDED));
  }

  private static String line(Thing thing, Artist artist, String looks, Sprite sprite) {
    CRC32 sum = new CRC32();
    ByteBuffer pixels = ByteBuffer.allocate(4 * sprite.width() * sprite.height());
    pixels.asIntBuffer().put(sprite.toArray());
    sum.update(pixels);
    return "%s\t%s\t%s\t%08x".formatted(thing, artist.word(), looks, sum.getValue());
  }

  /// Width and height of what is more than half covered.
  private static int[] extent(Sprite sprite) {
    IntSummaryStatistics columns = new IntSummaryStatistics();
    IntSummaryStatistics rows = new IntSummaryStatistics();
    boolean[] solid = sprite.silhouette();
    for (int i = 0; i < solid.length; i++) {
      if (solid[i]) {
        columns.accept(i % sprite.width());
        rows.accept(i / sprite.width());
      }
    }
    return new int[] {columns.getMax() - columns.getMin() + 1, rows.getMax() - rows.getMin() + 1};
  }
}
