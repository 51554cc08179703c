package ai.dimoo.train.worlds.shapes;

/// A question about a picture and its only right answer.
///
/// @param kind what it asks for
/// @param text the question
/// @param answer one to three words in lower case
public record Question(Kind kind, String text, String answer) {

  /// What a question asks for.
  public enum Kind {
    COLOUR,
    SHAPE,
    SIZE,
    COUNT,
    PRESENCE,
    RELATION,
    NEIGHBOUR,
    BACKGROUND
  }
}
