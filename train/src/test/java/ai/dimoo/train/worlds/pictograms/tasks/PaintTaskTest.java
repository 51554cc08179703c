package ai.dimoo.train.worlds.pictograms.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaintTaskTest {

  private static final SceneOptions OPTIONS = SceneOptions.standard().with(Split.HELD_OUT);

  @ParameterizedTest
  @EnumSource
  void theWholePictureIsRightAndWithoutWhatWasHiddenItIsNot(PaintTask.Kind kind) {
    PaintTask task = new PaintTask(kind, OPTIONS);
    for (int i = 0; i < 50; i++) {
      PaintTask.Sample sample = task.draw(IndexedRandom.at(8, i));
      Scene scene = sample.scene();
      assertThat(sample.requirement().metBy(scene)).isTrue();
      List<Item> untouched = sample.requirement().kept();
      assertThat(untouched.size()).isLessThan(scene.items().size());
      assertThat(sample.requirement().metBy(scene.with(untouched))).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void someOfThePictureIsGiven(PaintTask.Kind kind) {
    PaintTask task = new PaintTask(kind, OPTIONS);
    for (int i = 0; i < 50; i++) {
      assertThat(task.draw(IndexedRandom.at(9, i)).painted()).contains(true).contains(false);
    }
  }
}
