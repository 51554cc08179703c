package ai.dimoo.knowledge;

import java.util.List;

/// Something that a model was taught to draw and to recognise.
///
/// @param name what it is usually called: `hot dog`
/// @param names all words for it that the model was taught, in every language, `name` among them
public record KnownThing(String name, List<String> names) {

  /// Copies the list.
  public KnownThing {
    names = List.copyOf(names);
  }
}
