package ai.dimoo.train.worlds.pictograms.things;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.ContactSheet;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Keeps the sheet in the docs true; renewed with DIMOO_WRITE_DOCS=1.
class SheetOfThingsTest {

  private static final Path SHEET = Path.of("../docs/images/things.png");
  private static final int COLUMNS = 20;
  private static final int GAP = 6;

  @BeforeAll
  static void icons() {
    FetchedIcons.require();
  }

  @Test
  void theDocsShowWhatIsTaught() throws IOException {
    List<Thing> taught = Things.load().taught();
    Sprites sprites = Sprites.draw(taught);
    List<Picture> pairs = taught.stream().map(thing -> byBoth(thing, sprites)).toList();
    Picture sheet = ContactSheet.of(pairs, COLUMNS, GAP, 1);

    if (System.getenv("DIMOO_WRITE_DOCS") != null) {
      ImageFiles.writePng(SHEET, sheet, Map.of());
    }
    assertThat(ImageFiles.read(SHEET)).isEqualTo(sheet);
    assertThat(Files.size(SHEET)).isLessThan(1_000_000);
  }

  private static Picture byBoth(Thing thing, Sprites sprites) {
    int side = Sprites.SMALL;
    byte[] rgb = new byte[3 * 2 * side * side];
    Arrays.fill(rgb, (byte) 0xff);
    sprites.of(thing, Artist.NOTO, side).drawOn(rgb, 2 * side, side, 0, 0);
    sprites.of(thing, Artist.FLUENT, side).drawOn(rgb, 2 * side, side, side, 0);
    return Picture.of(2 * side, side, rgb);
  }
}
