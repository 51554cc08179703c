package ai.dimoo.train.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.train.source.MaskCodes.Rule;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskCodesTest {

  @Test
  void theHiddenShareFollowsTheCosineOfAUniformNumber() {
    Random random = new Random(0);
    int draws = 20_000;
    long hidden = 0;
    int mostlyHidden = 0;
    for (int i = 0; i < draws; i++) {
      int count = count(MaskCodes.draw(64, Rule.SHARE, random));
      assertThat(count).isBetween(1, 64);
      hidden += count;
      mostlyHidden += count >= 32 ? 1 : 0;
    }
    // the mean of cos(r·π/2) is 2/π; it exceeds one half for r < 2/3
    assertThat(hidden / (64.0 * draws)).isCloseTo(2 / Math.PI, within(0.01));
    assertThat(mostlyHidden / (double) draws).isCloseTo(2 / 3.0, within(0.015));
  }

  @Test
  void everyPositionIsHiddenEquallyOften() {
    Random random = new Random(1);
    int[] times = new int[10];
    for (int i = 0; i < 20_000; i++) {
      boolean[] mask = MaskCodes.draw(10, Rule.PADDING, random);
      for (int p = 0; p < 10; p++) {
        times[p] += mask[p] ? 1 : 0;
      }
    }
    for (int time : times) {
      assertThat(time).isBetween(11_400, 12_600);
    }
  }

  @Test
  void shortTargetsAreHiddenWholeButShortPaddingIsNot() {
    Random random = new Random(2);
    boolean someLeft = false;
    for (int i = 0; i < 200; i++) {
      assertThat(count(MaskCodes.draw(5, Rule.SHARE, random))).isEqualTo(5);
      someLeft |= count(MaskCodes.draw(5, Rule.PADDING, random)) < 5;
    }
    assertThat(someLeft).isTrue();
  }

  private static int count(boolean[] mask) {
    int count = 0;
    for (boolean hidden : mask) {
      count += hidden ? 1 : 0;
    }
    return count;
  }
}
