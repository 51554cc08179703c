package ai.dimoo.train.worlds.pictograms.language;

/// A prompt of the evaluation and what a right picture must show.
public record EvaluationPrompt(Category category, Caption caption) {

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
}
