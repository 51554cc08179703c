package ai.dimoo.app;

import ai.dimoo.Dimoo;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.error.UserException;
import ai.dimoo.file.WholeFile;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.knowledge.KnownThing;
import ai.dimoo.request.Sampling;
import ai.dimoo.train.worlds.pictograms.evaluation.Evaluation;
import ai.dimoo.train.worlds.pictograms.evaluation.ModelPupil;
import ai.dimoo.train.worlds.pictograms.evaluation.ScoreTable;
import ai.dimoo.train.worlds.pictograms.evaluation.ScoresFile;
import ai.dimoo.train.worlds.pictograms.evaluation.Setting;
import ai.dimoo.train.worlds.pictograms.evaluation.Suite;
import ai.dimoo.train.worlds.pictograms.evaluation.SuiteScores;
import ai.dimoo.train.worlds.pictograms.evaluation.Suites;
import ai.dimoo.train.worlds.pictograms.judge.Judge;
import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import ai.dimoo.train.worlds.pictograms.things.IconFolder;
import ai.dimoo.train.worlds.pictograms.things.Sprites;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Scores a model of the world of pictograms and prints a table for each suite.
///
/// @param suites none: all that suit the model
/// @param trials the most of a row
/// @param json where the scores go beside the terminal; null: nowhere
/// @param sheets a folder for a sheet of each suite and a line for each trial; null: none
record PictogramsScores(
    List<Suite> suites,
    int trials,
    Split split,
    Sampling sampling,
    @Nullable Path json,
    @Nullable Path sheets) {

  void run(Terminal terminal, Dimoo dimoo, Checkpoint checkpoint) {
    ScoresFile file = json == null ? null : ScoresFile.at(json);
    if (sheets != null && !Files.isDirectory(sheets)) {
      throw new UserException(
          "There is no folder %s for the sheets: make it or give another.".formatted(sheets));
    }
    Evaluation evaluation = new Evaluation(setting(dimoo.knowledge(), sampling, split), trials);
    try (ModelPupil model = new ModelPupil(dimoo, checkpoint)) {
      for (Suite suite : suites.isEmpty() ? Suites.suiting(dimoo.knowledge()) : suites) {
        SuiteScores scores = run(terminal, evaluation, suite, model);
        ScoreTable.lines(scores).forEach(terminal.out()::println);
        terminal.out().flush();
        if (file != null) {
          file.put(scores, dimoo.model().name(), trials);
        }
        if (sheets != null) {
          write(sheets, scores);
        }
      }
    }
  }

  /// The sheet, and every trial in a line beside it.
  private static void write(Path folder, SuiteScores scores) {
    String name = scores.suite().name();
    if (scores.sheet() != null) {
      ImageFiles.writePng(folder.resolve(name + ".png"), scores.sheet(), Map.of());
    }
    String log = String.join("\n", scores.log()) + "\n";
    WholeFile.write(folder.resolve(name + ".tsv"), log.getBytes(StandardCharsets.UTF_8));
  }

  private static SuiteScores run(
      Terminal terminal, Evaluation evaluation, Suite suite, ModelPupil model) {
    try (Progress progress = terminal.progress(suite.name(), 100, "%")) {
      return evaluation.run(
          suite,
          model,
          share -> {
            terminal.stop().check();
            progress.at(Math.round(100 * share), "");
          });
    }
  }

  /// The world, in scenes of the things that the model was taught.
  static Setting setting(Knowledge knowledge, Sampling sampling, Split split) {
    IconFolder.fetch();
    Set<String> known =
        knowledge.things().stream().map(KnownThing::name).collect(Collectors.toSet());
    List<Thing> all = Things.load().taught();
    List<Thing> taught = all.stream().filter(thing -> known.contains(thing.noun())).toList();
    List<Thing> things = taught.isEmpty() ? all : taught; // of another world: asked all the same
    Compositor compositor = new Compositor(Sprites.draw(all));
    return new Setting(things, compositor, new Judge(all, compositor), sampling, split);
  }
}
