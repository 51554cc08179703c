package ai.dimoo.train.worlds.shapes.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.Dimoo;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.request.Sampling;
import ai.dimoo.train.worlds.shapes.SceneOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// That the weights in `models/pocket` are those that the model card speaks of: a part of the
/// evaluation, with bounds that are far below the card's scores and far above chance.
class ShippedModelTest {

  private static final Path MODEL = Path.of("../models/shapes");

  @Test
  void theShippedWeightsDrawAndAnswer() {
    ShapesEvaluation some =
        new ShapesEvaluation(SceneOptions.Split.HELD_OUT, 3, 24, 24, Sampling.DEFAULT);
    try (Dimoo dimoo = Dimoo.open(MODEL);
        Checkpoint checkpoint = Checkpoint.open(MODEL)) {
      Scores scores = some.run(dimoo, checkpoint, share -> {});

      assertThat(scores.overall()).isGreaterThan(0.6);
      assertThat(scores.questions()).isGreaterThan(0.7);
      assertThat(scores.objectPsnr()).isGreaterThan(27);
      assertThat(scores.judgeOnReconstructions()).isGreaterThan(0.9);
    }
  }
}
