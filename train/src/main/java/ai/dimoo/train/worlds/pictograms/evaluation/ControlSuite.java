package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.train.worlds.pictograms.judge.Seen;
import ai.dimoo.train.worlds.pictograms.maps.DepthAgreement;
import ai.dimoo.train.worlds.pictograms.maps.EdgeAgreement;
import ai.dimoo.train.worlds.pictograms.maps.SceneMap;
import ai.dimoo.train.worlds.pictograms.scene.Composition;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.tasks.ControlTask;
import ai.dimoo.train.worlds.pictograms.tasks.TaskSample;
import java.util.ArrayList;
import java.util.List;

/// Scenes that obey a map and a sentence.
final class ControlSuite implements Suite {

  private static final int EACH = 50;

  /// Of edges that agree, as a share of those of the true scene's VQ round trip.
  private static final double LEAST_AGREEMENT = 0.75;

  @Override
  public String name() {
    return "control";
  }

  @Override
  public String right() {
    return "the map (edges' F1 within 2 pixels at least 0.75 of the VQ model's, depth error up to"
        + " 0.05 in order) and the sentence";
  }

  @Override
  public String baseline() {
    return "the map itself";
  }

  @Override
  public List<Task> tasks() {
    return ControlTask.MAPS.stream().map(map -> Task.named(map.tag() + "_control")).toList();
  }

  @Override
  public List<Trial> trials(Setting setting) {
    List<Trial> trials = new ArrayList<>();
    for (SceneMap map : ControlTask.MAPS) {
      List<TaskSample> samples = Samples.of(setting, map.tag() + "_control", EACH);
      for (int i = 0; i < samples.size(); i++) {
        TaskSample sample = samples.get(i);
        long seed = i;
        trials.add(Trial.of(map.tag(), pupil -> run(setting, map, sample, seed, pupil)));
      }
    }
    return trials;
  }

  private static Outcome run(
      Setting setting, SceneMap map, TaskSample sample, long seed, Pupil pupil) {
    Composition truth = setting.compositor().compose(sample.target().scene());
    Picture control = map.of(truth);
    Picture result = pupil.picture(Samples.request(setting, sample, List.of(control), seed));
    boolean right =
        setting.satisfies(sample.requirement(), result)
            && obeyed(setting, map, truth, control, result, pupil);
    return Outcome.of(
            Score.of(map.tag(), right, setting.satisfies(sample.requirement(), control)),
            control,
            result,
            truth.picture())
        .saying(sample.prompt());
  }

  private static boolean obeyed(
      Setting setting,
      SceneMap map,
      Composition truth,
      Picture control,
      Picture result,
      Pupil pupil) {
    return switch (map) {
      case CANNY, HED -> {
        double ceiling = EdgeAgreement.f1(control, map.edges(pupil.roundTrip(truth.picture())));
        yield EdgeAgreement.f1(control, map.edges(result)) >= LEAST_AGREEMENT * ceiling;
      }
      case DEPTH, SAM2MASK, OPENPOSE, NORMAL -> {
        Seen seen = setting.judge().look(result);
        Composition found =
            setting.compositor().compose(new Scene(seen.background(), seen.items()));
        Picture its = map.of(found);
        yield map == SceneMap.DEPTH
            ? DepthAgreement.of(truth, its).right()
            : map.agreement(truth, its) >= LEAST_AGREEMENT;
      }
    };
  }
}
