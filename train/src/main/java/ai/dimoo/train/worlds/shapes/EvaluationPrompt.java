package ai.dimoo.train.worlds.shapes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A prompt of the evaluation and what a right picture must show.
///
/// @param category which of the six tasks it belongs to
/// @param text the prompt
/// @param requirements what the objects must be
/// @param background what the prompt says about the background; null if nothing. It tells apart
///   what training never saw; pictures are judged by their objects, as GenEval does
/// @param objects how many objects the prompt names
public record EvaluationPrompt(
    Category category,
    String text,
    List<Requirement> requirements,
    @Nullable Background background,
    int objects) {

  /// GenEval's six tasks (arXiv:2310.11513).
  public enum Category {
    SINGLE_OBJECT("single_object"),
    TWO_OBJECTS("two_object"),
    COUNTING("counting"),
    COLOURS("colors"),
    POSITION("position"),
    COLOUR_ATTRIBUTION("color_attr");

    private final String tag;

    Category(String tag) {
      this.tag = tag;
    }

    /// The task's name in GenEval's files.
    public String tag() {
      return tag;
    }
  }

  public EvaluationPrompt {
    requirements = List.copyOf(requirements);
  }

  /// Whether a picture in which these objects were found is right.
  public boolean satisfiedBy(List<Found> found) {
    return Requirement.allMet(requirements, found);
  }

  /// Whether the prompt describes the scene completely: right objects, no others, right background.
  public boolean describes(Scene scene) {
    return scene.items().size() == objects
        && (background == null || background.equals(scene.background()))
        && satisfiedBy(Found.of(scene));
  }
}
