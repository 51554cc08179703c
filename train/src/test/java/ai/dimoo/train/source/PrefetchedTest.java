package ai.dimoo.train.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class PrefetchedTest {

  private final Queue<Long> asked = new ConcurrentLinkedQueue<>();

  private List<TrainingExample> examples(long step, int rank) {
    asked.add(step);
    if (step == 13) {
      throw new IllegalStateException("no step 13");
    }
    int[] ids = {(int) step, rank};
    return List.of(new TrainingExample(ids, ids));
  }

  @Test
  void everyStepHasItsOwnExamplesWhereverOneBegins() {
    try (Prefetched prefetched = new Prefetched(this::examples, 2)) {
      for (long step : new long[] {0, 1, 2, 3, 7, 8, 4, 5}) {
        assertThat(prefetched.examples(step, 1).getFirst().ids()).containsExactly((int) step, 1);
      }
      assertThat(prefetched.examples(5, 0).getFirst().ids()).containsExactly(5, 0);
    }
  }

  @Test
  void stepsAheadArePreparedOnceAndInOrder() {
    try (Prefetched prefetched = new Prefetched(this::examples, 3)) {
      for (long step = 0; step < 6; step++) {
        prefetched.examples(step, 0);
      }
    } // closing waits for what is under way
    assertThat(List.copyOf(asked)).isSorted().doesNotHaveDuplicates();
    assertThat(asked.size()).isBetween(6, 9);
  }

  @Test
  void aFailureComesWhereTheStepIsAskedFor() {
    try (Prefetched prefetched = new Prefetched(this::examples, 3)) {
      prefetched.examples(12, 0);
      assertThatThrownBy(() -> prefetched.examples(13, 0)).hasMessage("no step 13");
    }
  }
}
