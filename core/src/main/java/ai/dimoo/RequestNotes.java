package ai.dimoo;

import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.knowledge.UnknownWord;
import ai.dimoo.knowledge.VocabularyCheck;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Ask;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Request;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.request.TextToImage;
import java.util.ArrayList;
import java.util.List;

/// What of a request lies beyond what a model knows. A task that it was not trained for is refused
/// unless it is forced; all else is said, one sentence each, so that nobody has to guess why the
/// result is poor. Immutable.
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

  /// Refuses what the model was not trained for.
  ///
  /// @throws UserException if the task is not among the model's, and the request does not force it
  void requireTrained(Request request) {
    String task = taskOf(request);
    if (!knowledge.includesTask(task) && !request.sampling().forced()) {
      throw new UserException(
          Fault.of(untrained(task))
              .mend(Remedy.plain("choose another model"))
              .mend(Remedy.give(SamplingTable.FORCE.name(), "true")));
    }
  }

  private static String taskOf(Request request) {
    return switch (request) {
      case ImageRequest r -> r.taskName();
      case Ask _ -> Task.UNDERSTANDING.name();
    };
  }

  private String untrained(String task) {
    return "The model was not trained for %s, only for %s."
        .formatted(task, String.join(", ", knowledge.tasks()));
  }

  List<String> of(Request request) {
    return switch (request) {
      case ImageRequest r -> of(r);
      case Ask r -> notes(r, r.question());
    };
  }

  private List<String> of(ImageRequest request) {
    List<String> notes = notes(request, request.prompt());
    if (request instanceof TextToImage r) {
      notes.addAll(sizes.notes(r));
    }
    return notes;
  }

  private List<String> notes(Request request, String text) {
    List<String> notes = new ArrayList<>();
    String task = taskOf(request);
    if (!knowledge.includesTask(task)) {
      notes.add(untrained(task) + " The result means nothing.");
    }
    vocabulary.unknown(text).stream().map(UnknownWord::note).forEach(notes::add);
    return notes;
  }
}
