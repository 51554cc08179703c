package ai.dimoo.app;

import ai.dimoo.Dimoo;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.request.Sampling;
import ai.dimoo.train.worlds.pictograms.evaluation.ModelPupil;
import ai.dimoo.train.worlds.pictograms.evaluation.PairedEvaluation;
import ai.dimoo.train.worlds.pictograms.evaluation.Setting;
import ai.dimoo.train.worlds.pictograms.evaluation.Suite;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `dimoo compare --scores` asks both models.
///
/// @param suites of the world of pictograms
/// @param pairs how many things are asked, of both
/// @param sampling for both where a model's own settings say nothing
record PairedQuestions(List<Suite> suites, int pairs, Sampling sampling) {

  /// The suites of plain pictures.
  static final List<String> USUAL = List.of("names", "geneval");

  PairedQuestions {
    PairedEvaluation.requireShares(suites);
  }

  ComparedScores ask(
      Terminal terminal, ComparedModel first, ComparedModel second, @Nullable String device) {
    try (Dimoo one = Dimoo.open(first.folder(), first.options(device));
        Dimoo other = Dimoo.open(second.folder(), second.options(device));
        Checkpoint ofOne = Checkpoint.open(first.folder());
        Checkpoint ofOther = Checkpoint.open(second.folder());
        ModelPupil a = new ModelPupil(one, ofOne);
        ModelPupil b = new ModelPupil(other, ofOther);
        Progress progress = terminal.progress("scores", pairs, "pairs")) {
      Setting setting =
          PictogramsScores.setting(one.knowledge(), first.sampling().or(sampling), Split.HELD_OUT);
      return new ComparedScores(
          one.model(),
          first.settings(),
          other.model(),
          second.settings(),
          new PairedEvaluation(setting, setting.with(second.sampling().or(sampling)), pairs)
              .run(
                  suites,
                  a,
                  b,
                  done -> {
                    terminal.stop().check();
                    progress.at(done, "");
                  }));
    }
  }
}
