package ai.dimoo.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShownPicturesTest {

  @Test
  void theLargestPictureIsShownWithinAMebibyteOfBase64() {
    byte[] noise = new byte[3 * 2048 * 2048];
    new Random(1).nextBytes(noise);
    Picture picture = Picture.of(2048, 2048, noise);
    assertThat(ImageFiles.encodePng(picture, Map.of()).length)
        .isGreaterThan(ShownPictures.MOST_BYTES);

    byte[] shown = ShownPictures.small(picture);

    assertThat(4 * ((shown.length + 2) / 3)).isLessThan(1024 * 1024);
    assertThat(ImageFiles.sizeOf(shown, "shown")).isEqualTo(new Size(1024, 1024));
  }

  @Test
  void theShelfKeepsTheNewest() {
    PictureShelf shelf = new PictureShelf();
    String first = shelf.add(new byte[40_000_000]);
    assertThat(shelf.get(first)).isNotNull();
    String second = shelf.add(new byte[40_000_000]);
    assertThat(shelf.get(first)).isNull();
    assertThat(shelf.get(second)).isNotNull();
    assertThat(shelf.get("dimoo://pictures/none.png")).isNull();
  }
}
