package ai.dimoo.train.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class PrefetchedTest {

  private static final Share SECOND = new Share(1, 2);

  private final Queue<Long> asked = new ConcurrentLinkedQueue<>();

  private List<TrainingExample> examples(long step, Share share) {
    asked.add(step);
    if (step == 13) {
      throw new IllegalStateException("no step 13");
    }
    int[] ids = {(int) step, share.rank()};
    return List.of(new TrainingExample(ids, ids));
  }

  @Test
  void everyStepHasItsOwnExamplesWhereverOneBegins() {
    try (Prefetched prefetched = new Prefetched(this::examples, 2)) {
      for (long step : new long[] {0, 1, 2, 3, 7, 8, 4, 5}) {
        assertThat(prefetched.examples(step, SECOND).getFirst().ids())
            .containsExactly((int) step, 1);
      }
      assertThat(prefetched.examples(5, Share.WHOLE).getFirst().ids()).containsExactly(5, 0);
    }
  }

  @Test
  void stepsAheadArePreparedOnceAndInOrder() {
    try (Prefetched prefetched = new Prefetched(this::examples, 3)) {
      for (long step = 0; step < 6; step++) {
        prefetched.examples(step, Share.WHOLE);
      }
    } // closing waits for what is under way
    assertThat(List.copyOf(asked)).isSorted().doesNotHaveDuplicates();
    assertThat(asked.size()).isBetween(6, 9);
  }

  @Test
  void aFailureComesWhereTheStepIsAskedFor() {
    try (Prefetched prefetched = new Prefetched(this::examples, 3)) {
      prefetched.examples(12, Share.WHOLE);
      assertThatThrownBy(() -> prefetched.examples(13, Share.WHOLE)).hasMessage("no step 13");
    }
  }
}
