package ai.dimoo.train.tasks;

import ai.dimoo.train.source.Layered;
import java.util.List;

/// A question about pictures and its right answer.
///
/// @param pictures what it is about, one or more
public record AnsweredQuestion(List<Layered> pictures, String question, String answer) {

  /// Copies the list.
  public AnsweredQuestion {
    pictures = List.copyOf(pictures);
  }
}
