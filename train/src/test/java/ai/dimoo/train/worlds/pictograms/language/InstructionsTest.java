package ai.dimoo.train.worlds.pictograms.language;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.worlds.pictograms.scene.Change;
import ai.dimoo.train.worlds.pictograms.scene.Changes;
import ai.dimoo.train.worlds.pictograms.scene.HeldOut;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstructionsTest {

  private static final Changes TRAINING = new Changes(SceneOptions.standard());
  private static final Changes HELD_OUT = new Changes(SceneOptions.standard().with(Split.HELD_OUT));

  @ParameterizedTest
  @EnumSource
  void aChangeIsExactlyWhatItsKindSays(Change.Kind kind) {
    for (int i = 0; i < 100; i++) {
      Change change = draw(kind, Split.TRAINING, IndexedRandom.at(31, i));
      List<Item> gone = new ArrayList<>(change.before().items());
      gone.removeAll(change.after().items());
      List<Item> come = new ArrayList<>(change.after().items());
      come.removeAll(change.before().items());
      boolean background = change.before().background() != change.after().background();
      assertThat(background).isEqualTo(kind == Change.Kind.BACKGROUND);
      switch (kind) {
        case ADD -> assertThat(come.size() - 2 * gone.size()).isEqualTo(1);
        case REMOVE -> assertThat(gone.size() - 2 * come.size()).isEqualTo(1);
        case BACKGROUND -> assertThat(gone.size() + come.size()).isZero();
        case COUNT -> assertThat(gone.isEmpty()).isNotEqualTo(come.isEmpty());
        default -> {
          assertThat(gone).hasSize(1);
          assertThat(come).hasSize(1);
        }
      }
      assertThat(HeldOut.of(change.before())).isEqualTo(Split.TRAINING);
      assertThat(HeldOut.of(change.after())).isEqualTo(Split.TRAINING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsChangedIsNamedByItsNameAlone(Change.Kind kind) {
    for (int i = 0; i < 200; i++) {
      Change change = draw(kind, Split.TRAINING, IndexedRandom.at(33, i));
      Item old = change.old();
      if (old != null && kind != Change.Kind.COUNT) {
        String name = name(old);
        assertThat(change.before().items())
            .as("%s", change)
            .filteredOn(item -> name(item).equals(name))
            .hasSize(1);
      }
    }
  }

  private static String name(Item item) {
    return new English(WordChoice.USUAL).the(item, Detail.NAME);
  }

  @ParameterizedTest
  @EnumSource
  void theChangedSceneIsRightAndTheOldOneIsNot(Change.Kind kind) {
    for (int i = 0; i < 100; i++) {
      RandomGenerator random = IndexedRandom.at(32, i);
      Change change = draw(kind, Split.HELD_OUT, random);
      Instruction instruction = Instructions.of(change, random);
      assertThat(instruction.requirement().metBy(change.after())).as("%s", instruction).isTrue();
      assertThat(instruction.requirement().metBy(change.before())).as("%s", instruction).isFalse();
      assertThat(instruction.text()).doesNotContain("  ").doesNotContain("null");
    }
  }

  private static Change draw(Change.Kind kind, Split split, RandomGenerator random) {
    return (split == Split.TRAINING ? TRAINING : HELD_OUT).draw(kind, random);
  }
}
