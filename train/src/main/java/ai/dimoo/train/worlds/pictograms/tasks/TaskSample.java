package ai.dimoo.train.worlds.pictograms.tasks;

import ai.dimoo.prompt.Task;
import ai.dimoo.train.source.TrainingPicture;
import ai.dimoo.train.tasks.PictureChange;
import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import java.util.Arrays;
import java.util.List;

/// A picture that is to be made of other pictures, and what would be right. Immutable.
///
/// @param prompt what is asked for; empty for tasks that have a fixed sentence
/// @param inputs as many pictures as the task needs
/// @param target one right result; of a map the only one
/// @param foreground what the task is about: what an edit changes, before and after, or the items
///   of a new scene
/// @param requirement what a result that is a scene has to show
public record TaskSample(
    Task task,
    String prompt,
    List<Motif> inputs,
    Motif target,
    List<Item> foreground,
    Requirement requirement) {

  public TaskSample {
    inputs = List.copyOf(inputs);
    foreground = List.copyOf(foreground);
  }

  /// The sample in pixels, as training takes it.
  public PictureChange painted(Compositor compositor) {
    return new PictureChange(
        task,
        prompt,
        inputs.stream().map(input -> input.layers(compositor)).toList(),
        new TrainingPicture(target.layers(compositor), boxes()));
  }

  /// The pixels of the foreground's boxes, row by row.
  private boolean[] boxes() {
    boolean[] mask = new boolean[Scene.SIDE * Scene.SIDE];
    for (Item item : foreground) {
      for (int y = item.row() * Scene.TOKEN; y < (item.row() + item.rows()) * Scene.TOKEN; y++) {
        int left = y * Scene.SIDE + item.column() * Scene.TOKEN;
        Arrays.fill(mask, left, left + item.columns() * Scene.TOKEN, true);
      }
    }
    return mask;
  }
}
