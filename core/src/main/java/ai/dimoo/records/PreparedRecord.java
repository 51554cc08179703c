package ai.dimoo.records;

import ai.dimoo.prompt.Task;
import ai.dimoo.sequence.CodeGrid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record whose pictures are codes. It has either a picture or an answer to predict.
///
/// @param task decides the sentences round the words
/// @param words what is asked for
/// @param pictures of the prompt
/// @param target the picture to predict
/// @param answer to predict
public record PreparedRecord(
    Task task,
    String words,
    List<CodeGrid> pictures,
    @Nullable CodeGrid target,
    @Nullable String answer) {

  /// Copies the list.
  public PreparedRecord {
    pictures = List.copyOf(pictures);
  }
}
