package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.request.Edit;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.train.worlds.pictograms.tasks.Motif;
import ai.dimoo.train.worlds.pictograms.tasks.PictureTasks;
import ai.dimoo.train.worlds.pictograms.tasks.TaskSample;
import java.util.List;
import java.util.stream.LongStream;

/// Samples of the world's tasks as requests.
final class Samples {

  private Samples() {}

  /// The first samples of a task.
  ///
  /// @param key as [PictureTasks#all] has it
  static List<TaskSample> of(Setting setting, String key, int count) {
    var task = PictureTasks.all(setting.scenes()).get(key);
    return LongStream.range(0, count).mapToObj(i -> task.draw(setting.random(key, i))).toList();
  }

  static Picture picture(Setting setting, Motif shown) {
    return switch (shown) {
      case Motif.OfScene of -> setting.picture(of.scene());
      case Motif.OfMap of -> of.map().of(setting.compositor().compose(of.scene()));
    };
  }

  /// What the model is asked.
  static ImageRequest request(Setting setting, TaskSample sample, long seed) {
    return request(
        setting,
        sample,
        sample.inputs().stream().map(input -> picture(setting, input)).toList(),
        seed);
  }

  /// What the model is asked.
  ///
  /// @param inputs the pictures of the sample
  static ImageRequest request(Setting setting, TaskSample sample, List<Picture> inputs, long seed) {
    Edit.Builder edit =
        Edit.of(sample.task(), inputs.getFirst())
            .prompt(sample.prompt())
            .reference(inputs.size() > 1 ? inputs.get(1) : null);
    return setting.sampled(edit, seed).build();
  }
}
