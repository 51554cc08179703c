package ai.dimoo.train.worlds.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EditsTest {

  private static final SceneOptions STANDARD = SceneOptions.standard();

  @Test
  void aSeedAlwaysGivesTheSameEdits() {
    Edits edits = new Edits(STANDARD, 31);
    Edit first = edits.next();
    Edit second = edits.next();
    assertThat(new Edits(STANDARD, 31).at(1)).isEqualTo(second).isNotEqualTo(first);
  }

  @Test
  void anEditChangesWhatItsTaskSaysAndNothingElse() {
    Edits edits = new Edits(STANDARD, 32);
    Set<Edit.Task> tasks = EnumSet.noneOf(Edit.Task.class);
    for (int i = 0; i < 1000; i++) {
      Edit edit = edits.next();
      tasks.add(edit.task());
      List<Item> gone = new ArrayList<>(edit.before().items());
      gone.removeAll(edit.after().items());
      List<Item> come = new ArrayList<>(edit.after().items());
      come.removeAll(edit.before().items());
      String words = edit.instruction().toLowerCase(Locale.ROOT);
      assertThat(HeldOut.contains(edit.before())).isFalse();
      assertThat(HeldOut.contains(edit.after())).isFalse();
      if (edit.task() == Edit.Task.BACKGROUND) {
        assertThat(edit.after().background()).isNotEqualTo(edit.before().background());
        assertThat(words).contains(edit.after().background().words());
      } else {
        assertThat(edit.after().background()).isEqualTo(edit.before().background());
      }
      switch (edit.task()) {
        case ADD -> {
          assertThat(gone).isEmpty();
          assertThat(come).hasSize(1);
          assertThat(words).contains(come.getFirst().words());
        }
        case REMOVE -> {
          assertThat(come).isEmpty();
          assertThat(gone).hasSize(1);
          assertThat(words).contains(gone.getFirst().shape().word());
        }
        case REPLACE -> {
          assertThat(gone).hasSize(1);
          assertThat(come).hasSize(1);
          assertThat(come.getFirst().box()).isEqualTo(gone.getFirst().box());
          assertThat(words).contains(come.getFirst().colour().word());
        }
        case BACKGROUND -> {
          assertThat(gone).isEmpty();
          assertThat(come).isEmpty();
        }
      }
    }
    assertThat(tasks).containsExactlyInAnyOrder(Edit.Task.values());
  }
}
