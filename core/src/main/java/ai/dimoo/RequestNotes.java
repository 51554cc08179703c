package ai.dimoo;

import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.knowledge.UnknownWord;
import ai.dimoo.knowledge.VocabularyCheck;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Ask;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Request;
import ai.dimoo.request.TextToImage;
import java.util.ArrayList;
import java.util.List;

/// What of a request lies beyond what a model knows, one sentence each: nothing is refused for it,
/// but nobody shall have to guess why the result is poor. Immutable.
final class RequestNotes {

  private final Knowledge knowledge;
  private final PictureSizes sizes;
  private final VocabularyCheck vocabulary;

  /// @param sizes at which pictures are sampled
  RequestNotes(Knowledge knowledge, PictureSizes sizes) {
    this.knowledge = knowledge;
    this.sizes = sizes;
    vocabulary = new VocabularyCheck(knowledge);
  }

  List<String> of(Request request) {
    return switch (request) {
      case ImageRequest r -> of(r);
      case Ask r -> notes(Task.UNDERSTANDING.name(), r.question());
    };
  }

  private List<String> of(ImageRequest request) {
    List<String> notes = notes(request.taskName(), request.prompt());
    if (request instanceof TextToImage r) {
      notes.addAll(sizes.notes(r));
    }
    return notes;
  }

  private List<String> notes(String task, String text) {
    List<String> notes = new ArrayList<>();
    if (!knowledge.includesTask(task)) {
      notes.add(
          "The model was not trained for %s, only for %s: the result means nothing."
              .formatted(task, String.join(", ", knowledge.tasks())));
    }
    vocabulary.unknown(text).stream().map(UnknownWord::note).forEach(notes::add);
    return notes;
  }
}
