package ai.dimoo.app;

import ai.dimoo.image.Picture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One task that a model was shown to do. Immutable.
///
/// @param task its name
/// @param words what the model was asked; empty where the task takes none
/// @param inputs the pictures that it was given
/// @param output the picture that it made; null: it answered
/// @param answer what it answered; null: it made a picture
record TourStop(
    String task,
    String words,
    List<Picture> inputs,
    @Nullable Picture output,
    @Nullable String answer) {

  TourStop {
    inputs = List.copyOf(inputs);
  }
}
