package ai.dimoo.knowledge;

import ai.dimoo.image.Size;
import java.util.List;
import java.util.Set;

/// What a model can do and what it knows. Immutable.
///
/// The folder of a checkpoint says it in `knowledge.json` ([KnowledgeFile]). A checkpoint without
/// that file, such as the published one, is taken to know everything: [#OPEN].
///
/// @param tasks the names of the tasks that it was trained for; empty: all of them
/// @param sizes of the pictures that it was trained on, the usual one first; empty: any
/// @param languages that it was trained in, by their English names; empty: any
/// @param things that it was taught; empty: any
/// @param words that it was trained on besides the things' names, in lower case
public record Knowledge(
    List<String> tasks,
    List<Size> sizes,
    List<String> languages,
    List<KnownThing> things,
    Set<String> words) {

  /// Nothing is known of any limit.
  public static final Knowledge OPEN =
      new Knowledge(List.of(), List.of(), List.of(), List.of(), Set.of());

  /// Copies the collections.
  public Knowledge {
    tasks = List.copyOf(tasks);
    sizes = List.copyOf(sizes);
    languages = List.copyOf(languages);
    things = List.copyOf(things);
    words = Set.copyOf(words);
  }

  /// Whether the model was trained for a task.
  ///
  /// @param task its name
  public boolean includesTask(String task) {
    return tasks.isEmpty() || tasks.contains(task);
  }

  /// Whether the model was trained on pictures of a size.
  public boolean includes(Size size) {
    return sizes.isEmpty() || sizes.contains(size);
  }

  /// Whether the vocabulary is limited to [#things] and [#words].
  public boolean limited() {
    return !things.isEmpty();
  }
}
