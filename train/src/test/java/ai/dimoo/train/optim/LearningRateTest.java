package ai.dimoo.train.optim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LearningRateTest {

  private static final LearningRate RATE = new LearningRate(1, 10, 100, 0.2);

  @Test
  void itWarmsUpStaysAndFalls() {
    assertThat(RATE.at(0)).isEqualTo(0.1);
    assertThat(RATE.at(9)).isEqualTo(1);
    assertThat(RATE.at(80)).isEqualTo(1);
    assertThat(RATE.at(90)).isEqualTo(0.5);
  }

  @Test
  void itWarmsUpAgainWhereMomentsAreFresh() {
    assertThat(RATE.at(50, 0)).isEqualTo(0.1);
    assertThat(RATE.at(54, 4)).isEqualTo(0.5);
    assertThat(RATE.at(70, 20)).isEqualTo(1);
    assertThat(RATE.at(90, 0)).isEqualTo(0.05);
    for (long step = 0; step < 100; step++) { // a training that was never cut off
      assertThat(RATE.at(step, step)).isEqualTo(RATE.at(step));
      assertThat(RATE.at(step, step + 200)).isEqualTo(RATE.at(step)); // or follows another
    }
  }
}
