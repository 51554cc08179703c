package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import java.util.List;

/// What came of a trial.
///
/// @param scores at least one
/// @param shown for the sheet: what was given, what came, what would be right; may be empty
/// @param words what was asked, and what was answered, as far as there were words
public record Outcome(List<Score> scores, List<Picture> shown, String words) {

  public Outcome {
    scores = List.copyOf(scores);
    shown = List.copyOf(shown);
  }

  Outcome(List<Score> scores, List<Picture> shown) {
    this(scores, shown, "");
  }

  static Outcome of(Score score, Picture... shown) {
    return new Outcome(List.of(score), List.of(shown));
  }

  /// The same with words.
  Outcome saying(String other) {
    return new Outcome(scores, shown, other);
  }

  /// The same without pictures.
  Outcome unseen() {
    return new Outcome(scores, List.of(), words);
  }
}
