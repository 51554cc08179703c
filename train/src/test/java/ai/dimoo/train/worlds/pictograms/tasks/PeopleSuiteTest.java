package ai.dimoo.train.worlds.pictograms.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import org.junit.jupiter.api.Test;

class PeopleSuiteTest {

  @Test
  void hasAsManyAsItSays() {
    assertThat(PeopleSuite.prompts()).hasSize(150).doesNotHaveDuplicates();
    assertThat(PeopleSuite.edits()).hasSize(60).doesNotHaveDuplicates();
    assertThat(PeopleSuite.questions()).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void fewNeedAnEye() {
    assertThat(PeopleSuite.prompts())
        .filteredOn(prompt -> prompt.requirement() == null)
        .hasSizeLessThan(15);
    assertThat(PeopleSuite.edits())
        .filteredOn(edit -> edit.requirement() == null)
        .hasSizeLessThan(3);
  }

  @Test
  void theUnchangedPictureIsNeverRight() {
    for (PeopleSuite.Edit edit : PeopleSuite.edits()) {
      Requirement requirement = edit.requirement();
      if (requirement != null) {
        assertThat(requirement.metBy(edit.before())).as("%s", edit).isFalse();
      }
    }
  }

  @Test
  void theNotationSaysWhatIsThere() {
    Scene scene = Notation.scene("2 red car; \"OK\"; @grass");
    assertThat(scene.items()).hasSize(3);
    assertThat(scene.background()).isEqualTo(Background.GRASS);

    assertThat(met("2 red car; \"OK\"", scene)).isTrue();
    assertThat(met("2 car; \"OK\"; @grass", scene)).isTrue();
    assertThat(met("1+ #vehicle; \"OK\"", scene)).isTrue();
    assertThat(met("2 blue car; \"OK\"", scene)).isFalse();
    assertThat(met("2 car", scene)).isFalse();
    assertThat(met("2 car; \"OK\"; @white", scene)).isFalse();
    Scene two = Notation.scene("fox; pizza");
    assertThat(met("fox left_of pizza; pizza", two)).isTrue();
    assertThat(met("fox right_of pizza; pizza", two)).isFalse();
    assertThat(met("orange; fox", Notation.scene("orange; fox"))).isTrue();
    assertThat(met("star at top_left", Notation.scene("small star/0,0"))).isTrue();
  }

  private static boolean met(String notation, Scene scene) {
    return Notation.requirement(notation, null).metBy(scene);
  }

  @Test
  void answersMayDifferInCaseAndFullStop() {
    PeopleSuite.Asked asked = PeopleSuite.questions().getFirst();
    assertThat(asked.right(" A fox. ")).isTrue();
    assertThat(asked.right("a dog")).isFalse();
  }
}
