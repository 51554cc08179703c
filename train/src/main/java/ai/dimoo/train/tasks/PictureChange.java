package ai.dimoo.train.tasks;

import ai.dimoo.prompt.Task;
import ai.dimoo.train.source.Layered;
import ai.dimoo.train.source.TrainingPicture;
import java.util.List;

/// A picture that is to be made of other pictures: an edit, a subject in another scene, another
/// style, a picture from a map, a map of a picture, another view.
///
/// @param task decides the sentences round the words
/// @param words what is asked for; not read by tasks that have a fixed sentence
/// @param sources as many as the task needs: the picture to work on, then a style reference
/// @param target what is to become of them; its foreground is what the task is about: what an edit
///   changes, or the objects of a new scene
public record PictureChange(
    Task task, String words, List<Layered> sources, TrainingPicture target) {

  /// @throws IllegalArgumentException if the task needs another number of pictures
  public PictureChange {
    sources = List.copyOf(sources);
    if (sources.size() != task.family().pictures() || sources.isEmpty()) {
      throw new IllegalArgumentException(
          "%s with %d pictures, expected %d"
              .formatted(task, sources.size(), task.family().pictures()));
    }
  }
}
