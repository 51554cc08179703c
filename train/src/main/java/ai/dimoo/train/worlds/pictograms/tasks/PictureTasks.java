package ai.dimoo.train.worlds.pictograms.tasks;

import ai.dimoo.train.worlds.pictograms.maps.SceneMap;
import ai.dimoo.train.worlds.pictograms.scene.Change;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Every task that makes a picture of pictures.
public final class PictureTasks {

  private PictureTasks() {}

  /// The tasks by name, in the order in which scores tell them: `edit_add` to `edit_text`, then
  /// `edit_colour` and the other changes of the task `other`, `subject_driven`,
  /// `image_ref_transfer`, `canny_control`, `canny_dense` and so on, `multi_view`.
  ///
  /// @param options of all scenes: their things and their split
  public static Map<String, PictureTask> all(SceneOptions options) {
    Map<String, PictureTask> tasks = new LinkedHashMap<>();
    for (Change.Kind kind : Change.Kind.values()) {
      tasks.put("edit_" + kind.name().toLowerCase(Locale.ROOT), new EditTask(kind, options));
    }
    tasks.put("subject_driven", new SubjectTask(options));
    tasks.put("image_ref_transfer", new TransferTask(options));
    for (SceneMap map : ControlTask.MAPS) {
      tasks.put(map.tag() + "_control", new ControlTask(map, options));
    }
    for (SceneMap map : SceneMap.values()) {
      tasks.put(map.tag() + "_dense", new DenseTask(map, options));
    }
    tasks.put("multi_view", new MultiViewTask(options));
    return tasks;
  }
}
