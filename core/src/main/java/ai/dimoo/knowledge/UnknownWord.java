package ai.dimoo.knowledge;

import org.jspecify.annotations.Nullable;

/// A word that a model was never taught.
///
/// @param word as it stands in the text
/// @param nearest the word that the model knows and that is spelled most like it; null: none is
///   near
public record UnknownWord(String word, @Nullable String nearest) {

  /// `The model does not know "elefant"; the nearest word that it knows is "elephant".`
  public String note() {
    return nearest == null
        ? "The model does not know \"" + word + "\"."
        : "The model does not know \"%s\"; the nearest word that it knows is \"%s\"."
            .formatted(word, nearest);
  }
}
