package ai.dimoo.train.worlds.pictograms.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrialRunnerTest {

  private static final Outcome NOTHING = Outcome.of(Score.share("row", 0, 0), Evaluated.filled(0));

  private static Outcome scored(double value) {
    return Outcome.of(Score.share("row", value, 0), Evaluated.filled(0));
  }

  private static List<Double> values(int sideBySide, List<Trial> trials) {
    List<Double> values = new ArrayList<>();
    new TrialRunner(Evaluated.UNTRAINED, sideBySide)
        .run(trials, ran -> values.add(ran.outcome().scores().getFirst().value()));
    return values;
  }

  /// Each waits for its neighbour, so that one thread would never end them.
  @Test
  void trialsRunAtTheSameTimeAndAreToldInTheirOrder() {
    CyclicBarrier meeting = new CyclicBarrier(2);
    List<Trial> trials =
        IntStream.range(0, 8)
            .mapToObj(i ->
                Trial.of(
                    "row",
                    pupil -> {
                      meet(meeting);
                      return scored(i / 8.0);
                    }))
            .toList();
    assertThat(values(2, trials)).isSorted().hasSize(8).doesNotHaveDuplicates();
  }

  private static void meet(CyclicBarrier meeting) {
    try {
      meeting.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFailureIsThrown() {
    Trial failing =
        Trial.of(
            "row",
            pupil -> {
              throw new UserException("too small");
            });
    assertThatThrownBy(() -> values(2, List.of(Trial.of("row", pupil -> NOTHING), failing)))
        .isInstanceOf(UserException.class)
        .hasMessage("too small");
  }

  @Test
  void whoIsToldMayEndItAll() {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      trials.add(Trial.of("row", pupil -> NOTHING));
    }
    List<Integer> told = new ArrayList<>();
    assertThatThrownBy(() ->
            new TrialRunner(Evaluated.UNTRAINED, 2)
                .run(
                    trials,
                    ran -> {
                      told.add(told.size());
                      if (told.size() == 3) {
                        throw new CancellationException("stopped");
                      }
                    }))
        .isInstanceOf(CancellationException.class);
    assertThat(told).hasSize(3);
  }

  @Test
  void noTrialIsNoWork() {
    assertThat(values(4, List.of())).isEmpty();
    assertThat(new TrialRunner(Evaluated.UNTRAINED, 4).medianSeconds()).isNaN();
  }
}
