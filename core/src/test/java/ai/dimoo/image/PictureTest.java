package ai.dimoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {

  @Test
  void planesThereAndBackChangeNothing() {
    Picture picture = ResizeTest.noise(31, 17);
    assertThat(Picture.fromPlanes(picture.toPlanes(), 31, 17)).isEqualTo(picture);
  }

  @Test
  void planesAreRedThenGreenThenBlueInZeroToOne() {
    Picture picture = Picture.of(2, 1, new byte[] {(byte) 255, 0, 51, 0, (byte) 255, 102});
    assertThat(picture.toPlanes()).containsExactly(1, 0, 0, 1, 0.2f, 0.4f);
  }

  @Test
  void levelsAreClippedAndRoundedHalfToEven() {
    // x · 255 in float32 = 0.5, 1.5 and 2.5 exactly
    float[] planes = {0.5f / 255, 1.5f / 255, 2.5f / 255, -3, 7, Float.NaN};
    assertThat(0.5f / 255 * 255).isEqualTo(0.5f);
    assertThat(Picture.fromPlanes(planes, 2, 1).toBytes())
        .containsExactly(0, 2, (byte) 255, 2, 0, 0);
  }

  @Test
  void cropsABox() {
    Picture picture = ResizeTest.noise(9, 8);
    Picture crop = picture.crop(new Box(2, 3, 4, 5));
    assertThat(crop.size()).isEqualTo(new Size(4, 5));
    assertThat(crop.rgb(0, 0)).isEqualTo(picture.rgb(2, 3));
    assertThat(crop.rgb(3, 4)).isEqualTo(picture.rgb(5, 7));
    assertThatThrownBy(() -> picture.crop(new Box(6, 0, 4, 5))).isInstanceOf(UserException.class);
  }

  @Test
  void enlargesPixelsToSquares() {
    Picture picture = ResizeTest.noise(5, 3);
    Picture large = picture.enlarged(4);
    assertThat(large.size()).isEqualTo(new Size(20, 12));
    for (int y = 0; y < 12; y++) {
      for (int x = 0; x < 20; x++) {
        assertThat(large.rgb(x, y)).isEqualTo(picture.rgb(x / 4, y / 4));
      }
    }
  }

  @Test
  void aCanvasCutsOffWhatLiesBeyondIt() {
    Picture red = Picture.filled(new Size(4, 4), 0xff0000);
    Picture canvas =
        new Canvas(new Size(6, 5), Canvas.GREY)
            .draw(red, -2, -3)
            .draw(red, 4, 3)
            .draw(red, 6, 0)
            .draw(red, 0, -4)
            .toPicture();
    StringBuilder seen = new StringBuilder();
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 6; x++) {
        seen.append(canvas.rgb(x, y) == 0xff0000 ? '#' : canvas.rgb(x, y) == 0x7f7f7f ? '.' : '?');
      }
      seen.append('\n');
    }
    assertThat(seen.toString()).isEqualTo("##....\n......\n......\n....##\n....##\n");
  }

  @Test
  void aSheetPlacesPicturesRowByRow() {
    Picture red = Picture.filled(new Size(2, 2), 0xff0000);
    Picture green = Picture.filled(new Size(2, 1), 0x00ff00);
    Picture blue = Picture.filled(new Size(1, 2), 0x0000ff);
    Picture sheet = ContactSheet.of(List.of(red, green, blue), 2, 1, 3);
    assertThat(sheet.size()).isEqualTo(new Size(1 + 7 + 7, 1 + 7 + 7));
    assertThat(sheet.rgb(0, 0)).isEqualTo(0xffffff);
    assertThat(sheet.rgb(6, 6)).isEqualTo(0xff0000);
    assertThat(sheet.rgb(7, 1)).isEqualTo(0xffffff);
    assertThat(sheet.rgb(8, 1)).isEqualTo(0x00ff00);
    assertThat(sheet.rgb(8, 4)).isEqualTo(0xffffff);
    assertThat(sheet.rgb(1, 8)).isEqualTo(0x0000ff);
    assertThat(sheet.rgb(3, 13)).isEqualTo(0x0000ff);
    assertThat(sheet.rgb(14, 14)).isEqualTo(0xffffff);
  }

  @Test
  void readsABox() {
    assertThat(Box.parse(" 32, 16,64 ,8")).isEqualTo(new Box(32, 16, 64, 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1,2,3", "1,2,3,4,5", "a,b,c,d", "1,2,3,4,", "1,2,0,4", "-1,2,3,4"})
  void refusesWhatIsNoBox(String text) {
    assertThatThrownBy(() -> Box.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("X,Y,WIDTH,HEIGHT");
  }
}
