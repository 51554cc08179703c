package ai.dimoo.train.source;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowedPicturesTest {

  private static final int SIDE = 8;

  /// Each pixel's red says where it is; the foreground is the upper left quarter.
  private static final TrainingPicture WHOLE = whole();

  private static TrainingPicture whole() {
    byte[] rgb = new byte[3 * SIDE * SIDE];
    boolean[] matters = new boolean[SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
      rgb[3 * i] = (byte) i;
      matters[i] = i / SIDE < SIDE / 2 && i % SIDE < SIDE / 2;
    }
    return new TrainingPicture(Picture.of(SIDE, SIDE, rgb), matters);
  }

  private static WindowedPictures windows(int count) {
    return new WindowedPictures(step -> Collections.nCopies(count, WHOLE), 4, 2, 10, 1);
  }

  @Test
  void windowsBeginOnTheLatticeAndBringTheirForeground() {
    for (TrainingPicture window : windows(50).pictures(3)) {
      byte[] rgb = window.picture().toBytes();
      int corner = rgb[0];
      assertThat(window.picture().size()).isEqualTo(new Size(4, 4));
      assertThat(corner % SIDE % 2).isZero();
      assertThat(corner / SIDE % 2).isZero();
      for (int i = 0; i < 16; i++) {
        int place = rgb[3 * i];
        assertThat(place).isEqualTo(corner + i / 4 * SIDE + i % 4);
        assertThat(window.foreground()[i]).isEqualTo(WHOLE.foreground()[place]);
      }
    }
  }

  @Test
  void theyShowMoreForegroundThanChanceWouldAndDependOnTheStepAlone() {
    List<TrainingPicture> windows = windows(200).pictures(4);
    double mean = windows.stream().mapToInt(TrainingPicture::foregroundPixels).average().orElse(0);
    // one window at random has 2 of its 4 rows and columns in the foreground on average
    assertThat(mean).isGreaterThan(1.5 * 4);
    assertThat(windows(200).pictures(4)).isEqualTo(windows);
    assertThat(windows(200).pictures(5)).isNotEqualTo(windows);
  }

  @Test
  void fromAStepOnPicturesAreWhole() {
    assertThat(windows(3).pictures(10)).containsOnly(WHOLE);
  }
}
