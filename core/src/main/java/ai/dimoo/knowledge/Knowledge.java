package ai.dimoo.knowledge;

import ai.dimoo.image.Size;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
/// @param roundTripPsnr what nine of ten pictures of its world reach when its VQ model encodes and
///   decodes them, in decibels; null: not said, any picture will do
public record Knowledge(
    List<String> tasks,
    List<Size> sizes,
    List<String> languages,
    List<KnownThing> things,
    Set<String> words,
    @Nullable Double roundTripPsnr) {

  /// Nothing is known of any limit.
  public static final Knowledge OPEN =
      new Knowledge(List.of(), List.of(), List.of(), List.of(), Set.of(), null);

  /// Copies the collections.
  public Knowledge {
    tasks = List.copyOf(tasks);
    sizes = List.copyOf(sizes);
    languages = List.copyOf(languages);
    things = List.copyOf(things);
    words = Set.copyOf(words);
  }

  /// The same with what pictures of its world reach.
  public Knowledge withRoundTripPsnr(double decibels) {
    return new Knowledge(tasks, sizes, languages, things, words, decibels);
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
