package ai.dimoo.train.worlds.pictograms.language;

import java.util.regex.Pattern;

/// A question about pictures and its one right answer.
///
/// @param answer in lower case without full stop, mostly one to five words
public record Question(Kind kind, Language language, String text, String answer) {

  private static final Pattern ONE_WORD = Pattern.compile("[a-z]+|[\\p{IsHan}]{1,2}");

  /// What is asked for.
  public enum Kind {
    /// What is this?
    WHAT,
    /// How many are there?
    COUNT,
    /// Which colour is it?
    COLOUR,
    /// What lies behind?
    BACKGROUND,
    /// Where in the picture is it?
    WHERE,
    /// How large is it?
    SIZE,
    /// Is there one?
    PRESENCE,
    /// What is left of it? What is next to it?
    NEIGHBOUR,
    /// Is this left of that?
    RELATION,
    /// Which of two is in front?
    FRONT,
    /// Who drew it?
    ARTIST,
    /// As what is it shown?
    RENDERING,
    /// What does it say?
    READ,
    /// What does the picture show?
    DESCRIBE,
    /// Do two pictures show the same?
    SAME,
    /// What is different in the second picture?
    CHANGE
  }

  /// Whether the answer is a single word, as the one-token form of an answer needs.
  public boolean oneWord() {
    return ONE_WORD.matcher(answer).matches();
  }
}
