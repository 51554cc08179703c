package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import java.util.List;

/// What came of a trial.
///
/// @param scores at least one
/// @param shown for the sheet: what was given, what came, what would be right; may be empty
public record Outcome(List<Score> scores, List<Picture> shown) {

  public Outcome {
    scores = List.copyOf(scores);
    shown = List.copyOf(shown);
  }

  /// The same without pictures.
  Outcome unseen() {
    return new Outcome(scores, List.of());
  }

  static Outcome of(Score score, Picture... shown) {
    return new Outcome(List.of(score), List.of(shown));
  }
}
