package ai.dimoo.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelfCorrectionTest {

  @Test
  void takesBackAfterTwoFifthsOfTheStepsAndNotAtTheLast() {
    int[] steps =
        IntStream.range(0, 20).filter(s -> SelfCorrection.SCALED.takesBack(s, 20)).toArray();

    assertThat(steps).isEqualTo(IntStream.rangeClosed(9, 18).toArray());
    assertThat(IntStream.range(0, 20)).noneMatch(s -> SelfCorrection.OFF.takesBack(s, 20));
  }

  @Test
  void countsFollowTheSizeOfThePicture() {
    assertThat(counts(SelfCorrection.SCALED, 4096)).containsExactly(0, 16, 8, 4);
    assertThat(counts(SelfCorrection.SCALED, 16_384)).containsExactly(0, 16, 8, 4);
    assertThat(counts(SelfCorrection.SCALED, 1024)).containsExactly(0, 4, 2, 1);
    assertThat(counts(SelfCorrection.SCALED, 64)).containsExactly(0, 1, 1, 1);
    assertThat(counts(SelfCorrection.AS_PUBLISHED, 64)).containsExactly(0, 16, 8, 4);
    assertThat(counts(SelfCorrection.OFF, 4096)).containsOnly(0);
    assertThat(SelfCorrection.SCALED.count(10, 20, 4096, 3)).isEqualTo(3);
  }

  private static int[] counts(SelfCorrection correction, int tokens) {
    return IntStream.of(7, 8, 12, 16).map(s -> correction.count(s, 20, tokens, 99)).toArray();
  }
}
