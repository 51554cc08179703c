package ai.dimoo.train.worlds.pictograms.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.Dimoo;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.request.Sampling;
import ai.dimoo.train.worlds.pictograms.judge.AllThings;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import ai.dimoo.train.worlds.pictograms.things.FetchedIcons;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// That the weights in `models/pocket` are those that the model card speaks of: a part of the
/// evaluation, with bounds that are far below the card's scores and far above chance.
class ShippedModelTest {

  private static final Path MODEL = Path.of("../models/pocket");

  /// What it answers well: 0.89 on the card, where the most frequent answers are right in 0.33.
  private static final Set<String> ANSWERED =
      Set.of("background, english", "artist, english", "colour, english");

  @Test
  void theShippedWeightsDrawAnswerAndReconstruct() {
    FetchedIcons.require();
    Setting setting =
        new Setting(
            Things.load().core(),
            AllThings.compositor(),
            AllThings.judge(),
            Sampling.DEFAULT.withSeed(0L).withTimesteps(32),
            Split.HELD_OUT);
    try (Dimoo dimoo = Dimoo.open(MODEL);
        Checkpoint checkpoint = Checkpoint.open(MODEL);
        ModelPupil model = new ModelPupil(dimoo, checkpoint)) {
      Suite questions = new OfRows(Suites.named("understand"), ANSWERED);
      assertThat(score(setting, 3, Suites.named("names"), model)).isGreaterThan(0.5);
      assertThat(score(setting, 6, questions, model)).isGreaterThan(0.6);
      assertThat(score(setting, 2, Suites.named("reconstruct"), model)).isGreaterThan(0.6);
    }
  }

  private static double score(Setting setting, int limit, Suite suite, ModelPupil model) {
    return new Evaluation(setting, limit).run(suite, model, share -> {}).overall().mean();
  }

  /// Some rows of a suite.
  private record OfRows(Suite whole, Set<String> rows) implements Suite {

    @Override
    public String name() {
      return whole.name();
    }

    @Override
    public String right() {
      return whole.right();
    }

    @Override
    public String baseline() {
      return whole.baseline();
    }

    @Override
    public List<Trial> trials(Setting setting) {
      return whole.trials(setting).stream().filter(trial -> rows.contains(trial.row())).toList();
    }
  }
}
