package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.train.worlds.pictograms.scene.Change;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.tasks.EditTask;
import ai.dimoo.train.worlds.pictograms.tasks.TaskSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Tasks whose result is a scene: the judge sees whether it is the one that was asked for.
final class TaskSuite implements Suite {

  private final String name;
  private final String right;
  private final List<String> keys;
  private final List<Task> tasks;
  private final int each;

  private TaskSuite(String name, String right, List<String> keys, List<Task> tasks, int each) {
    this.name = name;
    this.right = right;
    this.keys = keys;
    this.tasks = tasks;
    this.each = each;
  }

  static Suite edit() {
    return new TaskSuite(
        "edit",
        "the change happened and nothing else changed",
        editKeys(),
        Arrays.stream(Change.Kind.values()).map(EditTask::task).distinct().toList(),
        40);
  }

  /// The tasks of every kind of edit, as [PictureTasks#all] names them.
  static List<String> editKeys() {
    return Arrays.stream(Change.Kind.values())
        .map(kind -> "edit_" + kind.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  static Suite subject() {
    return new TaskSuite(
        "subject",
        "that very thing, its artist and colour, in the scene that was asked for",
        List.of("subject_driven"),
        List.of(Task.named("subject_driven")),
        150);
  }

  static Suite style() {
    return new TaskSuite(
        "style",
        "the same scene by the reference's artist or in its rendering",
        List.of("image_ref_transfer"),
        List.of(Task.named("image_ref_transfer")),
        150);
  }

  static Suite views() {
    return new TaskSuite(
        "views",
        "the things as they are seen from there",
        List.of("multi_view"),
        List.of(Task.named("multi_view_left")),
        60);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String right() {
    return right;
  }

  @Override
  public String baseline() {
    return "the unchanged picture";
  }

  @Override
  public List<Task> tasks() {
    return tasks;
  }

  @Override
  public List<Trial> trials(Setting setting) {
    List<Trial> trials = new ArrayList<>();
    for (String task : keys) {
      List<TaskSample> samples = Samples.of(setting, task, each);
      for (int i = 0; i < samples.size(); i++) {
        TaskSample sample = samples.get(i);
        long seed = i;
        trials.add(Trial.of(task, pupil -> run(setting, task, sample, seed, pupil)));
      }
    }
    return trials;
  }

  private Outcome run(Setting setting, String row, TaskSample sample, long seed, Pupil pupil) {
    List<Picture> inputs =
        sample.inputs().stream().map(input -> Samples.picture(setting, input)).toList();
    Picture result = pupil.picture(Samples.request(setting, sample, inputs, seed));
    List<Score> scores = new ArrayList<>();
    scores.add(
        Score.of(
            row,
            setting.satisfies(sample.requirement(), result),
            setting.satisfies(sample.requirement(), inputs.getFirst())));
    boolean[] outside = outside(sample.foreground());
    if (name.equals("edit") && any(outside)) {
      Picture source = pupil.roundTrip(inputs.getFirst());
      scores.add(
          Score.in(
              Unit.DECIBEL, "PSNR outside, " + row, PictureQuality.psnr(source, result, outside)));
    }
    List<Picture> shown = new ArrayList<>(inputs);
    shown.add(result);
    shown.add(Samples.picture(setting, sample.target()));
    return new Outcome(scores, shown, sample.prompt());
  }

  /// The pixels of no item's box.
  private static boolean[] outside(List<Item> items) {
    boolean[] outside = new boolean[Scene.SIDE * Scene.SIDE];
    Arrays.fill(outside, true);
    for (Item item : items) {
      for (int y = item.box().y(); y < item.box().y() + item.box().height(); y++) {
        int left = y * Scene.SIDE + item.box().x();
        Arrays.fill(outside, left, left + item.box().width(), false);
      }
    }
    return outside;
  }

  private static boolean any(boolean[] pixels) {
    for (boolean pixel : pixels) {
      if (pixel) {
        return true;
      }
    }
    return false;
  }
}
