package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.train.worlds.pictograms.maps.SceneMap;
import ai.dimoo.train.worlds.pictograms.scene.Composition;
import ai.dimoo.train.worlds.pictograms.tasks.TaskSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Maps of scenes.
final class DenseSuite implements Suite {

  private static final int EACH = 50;

  @Override
  public String name() {
    return "dense";
  }

  @Override
  public String right() {
    return "edges' F1 within 2 pixels, depth with error up to 0.05 in order, masks' IoU; as a share"
        + " of what the VQ model can carry";
  }

  @Override
  public String baseline() {
    return "a blank map";
  }

  @Override
  public List<Task> tasks() {
    return Arrays.stream(SceneMap.values()).map(map -> Task.named(map.tag() + "_dense")).toList();
  }

  @Override
  public List<Trial> trials(Setting setting) {
    List<Trial> trials = new ArrayList<>();
    for (SceneMap map : SceneMap.values()) {
      List<TaskSample> samples = Samples.of(setting, map.tag() + "_dense", EACH);
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
    Picture result =
        pupil.picture(Samples.request(setting, sample, List.of(truth.picture()), seed));
    Picture best = map.of(truth);
    Score score =
        new Score(
            map.tag(),
            Unit.SHARE,
            map.agreement(truth, result),
            map.agreement(truth, map.blank()),
            map.agreement(truth, pupil.roundTrip(best)));
    return Outcome.of(score, truth.picture(), result, best);
  }
}
