package ai.dimoo.knowledge;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds the words of a text that are not among those that a model knows. Words of letters are
/// looked up whole, those of names of several words one by one; Chinese, which has no spaces, is
/// covered by the longest known words from the left. Numbers and words of capital letters only are
/// taken as known: they can be asked for as text. Nothing is unknown to a model whose vocabulary is
/// not limited. Immutable.
public final class VocabularyCheck {

  private static final Pattern PIECE =
      Pattern.compile("\\p{IsHan}+|[\\p{L}\\p{M}&&[^\\p{IsHan}]]+");

  private final Set<String> known = new HashSet<>();
  private final Set<String> candidates = new LinkedHashSet<>();
  private final boolean limited;
  private int longestHan = 1;

  /// Gathers the words, of which there may be thousands: keep it.
  public VocabularyCheck(Knowledge knowledge) {
    limited = knowledge.limited();
    for (KnownThing thing : knowledge.things()) {
      for (String name : thing.names()) {
        learn(name);
        candidates.add(name.toLowerCase(Locale.ROOT));
      }
    }
    knowledge.words().forEach(this::learn);
    candidates.addAll(knowledge.words().stream().sorted().toList());
  }

  private void learn(String name) {
    pieces(name.toLowerCase(Locale.ROOT))
        .forEach(piece -> {
          known.add(piece);
          if (isHan(piece)) {
            longestHan = Math.max(longestHan, piece.length());
          }
        });
  }

  /// What in a text the model was never taught, in the order of the text.
  public List<UnknownWord> unknown(String text) {
    if (!limited) {
      return List.of();
    }
    Map<String, UnknownWord> found = new LinkedHashMap<>();
    pieces(Normalizer.normalize(text, Normalizer.Form.NFC))
        .flatMap(piece -> isHan(piece) ? uncovered(piece).stream() : Stream.of(piece))
        .filter(piece -> !isKnown(piece))
        .forEach(piece ->
            found.computeIfAbsent(
                piece.toLowerCase(Locale.ROOT),
                word -> new UnknownWord(piece, SpellingDistance.nearest(word, candidates))));
    return List.copyOf(found.values());
  }

  private boolean isKnown(String piece) {
    boolean capitals = piece.length() > 1 && piece.equals(piece.toUpperCase(Locale.ROOT));
    return known.contains(piece.toLowerCase(Locale.ROOT)) || capitals && !isHan(piece);
  }

  /// The parts of a piece of Chinese that no known word covers.
  private List<String> uncovered(String piece) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int at = 0;
    while (at < piece.length()) {
      int length = Math.min(longestHan, piece.length() - at);
      while (length > 0 && !known.contains(piece.substring(at, at + length))) {
        length--;
      }
      if (length == 0) {
        part.append(piece.charAt(at++));
      } else {
        at += length;
        addPart(parts, part);
      }
    }
    addPart(parts, part);
    return parts;
  }

  private static void addPart(List<String> parts, StringBuilder part) {
    if (!part.isEmpty()) {
      parts.add(part.toString());
      part.setLength(0);
    }
  }

  private static Stream<String> pieces(String text) {
    return PIECE.matcher(text).results().map(MatchResult::group);
  }

  private static boolean isHan(String piece) {
    return Character.UnicodeScript.of(piece.codePointAt(0)) == Character.UnicodeScript.HAN;
  }
}
