package ai.dimoo.train.shapes;

/// A question about a picture and its only right answer, one to three words in lower case.
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
