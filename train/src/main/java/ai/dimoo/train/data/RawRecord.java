package ai.dimoo.train.data;

import ai.dimoo.prompt.Task;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record of training data as it was found: words and the files of pictures. It has either a
/// picture or an answer to predict.
///
/// @param place where it was found, for messages: `data.jsonl:7`, `cat.png`
/// @param task decides the sentences round the words
/// @param words what is asked for
/// @param pictures of the prompt
/// @param target the picture to predict
/// @param answer to predict
public record RawRecord(
    String place,
    Task task,
    String words,
    List<Path> pictures,
    @Nullable Path target,
    @Nullable String answer) {

  public RawRecord {
    pictures = List.copyOf(pictures);
    if ((target == null) == (answer == null)) {
      throw new IllegalArgumentException(place + ": either a picture or an answer");
    }
  }
}
