package ai.dimoo.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CosineScheduleTest {

  @ParameterizedTest
  @CsvSource({
    "4096, 0, 64, 4094",
    "4096, 7, 64, 4017",
    "4096, 15, 64, 3784",
    "4096, 31, 64, 2896",
    "4096, 47, 64, 1567",
    "4096, 55, 64, 799",
    "4096, 61, 64, 200",
    "4096, 62, 64, 100",
    "4096, 63, 64, 0",
    "1024, 0, 64, 1023",
    "1024, 62, 64, 25",
    "4608, 0, 64, 4606",
    "4608, 62, 64, 113",
    // cos(π/3)·48, which is below 24 in the reference's float32
    "48, 7, 12, 23"
  })
  void keepsTheReferencesNumberOfTokensMasked(int masked, int step, int steps, int expected) {
    assertThat(CosineSchedule.keepMasked(masked, step, steps)).isEqualTo(expected);
  }

  @Test
  void neverGrowsAndReachesZeroOnlyAtTheLastStep() {
    for (int steps : new int[] {1, 2, 7, 100}) {
      int before = 5;
      for (int step = 0; step < steps; step++) {
        int kept = CosineSchedule.keepMasked(5, step, steps);
        assertThat(kept).isLessThanOrEqualTo(before);
        assertThat(kept == 0).isEqualTo(step == steps - 1);
        before = kept;
      }
    }
  }
}
