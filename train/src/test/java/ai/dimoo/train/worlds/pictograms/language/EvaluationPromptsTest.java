package ai.dimoo.train.worlds.pictograms.language;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.train.worlds.pictograms.language.EvaluationPrompt.Category;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluationPromptsTest {

  private static final Map<Category, List<EvaluationPrompt>> HELD_OUT =
      EvaluationPrompts.of(Split.HELD_OUT, Things.load().taught());

  @ParameterizedTest
  @EnumSource
  void aHundredDifferentPromptsEach(Category category) {
    assertThat(HELD_OUT.get(category))
        .hasSize(100)
        .extracting(prompt -> prompt.caption().text())
        .doesNotHaveDuplicates()
        .allMatch(text -> text.startsWith("a photo of "));
  }

  @Test
  void noTrainingSceneIsWhatAHeldOutPromptAsksFor() {
    SceneGenerator scenes = new SceneGenerator(SceneOptions.standard(), 41);
    for (int i = 0; i < 1500; i++) {
      Scene scene = scenes.at(i);
      for (List<EvaluationPrompt> prompts : HELD_OUT.values()) {
        for (EvaluationPrompt prompt : prompts) {
          assertThat(prompt.caption().requirement().metBy(scene))
              .as("%s %s", prompt.caption().text(), scene)
              .isFalse();
        }
      }
    }
  }

  @Test
  void trainingAndTuningHavePromptsOfTheirOwn() {
    for (Split split : List.of(Split.TRAINING, Split.TUNING)) {
      for (Category category : List.of(Category.TWO_OBJECTS, Category.POSITION)) {
        assertThat(EvaluationPrompts.of(split, Things.load().taught()).get(category))
            .doesNotContainAnyElementsOf(HELD_OUT.get(category));
      }
    }
  }

  @Test
  void thePromptsStayAsTheyAre() {
    CRC32 crc = new CRC32();
    HELD_OUT
        .values()
        .forEach(prompts ->
            prompts.forEach(prompt -> crc.update(prompt.caption().text().getBytes(UTF_8))));
    assertThat(crc.getValue()).isEqualTo(4_063_691_592L);
  }
}
