package ai.dimoo.knowledge;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// How far two spellings are from each other: the optimal string alignment distance, the number of
/// letters inserted, left out, replaced or exchanged with their neighbour (Damerau 1964).
final class SpellingDistance {

  private SpellingDistance() {}

  /// The word that is spelled most like this one, the first of equals; null if none comes within
  /// two slips, or one where the word has less than five letters, or none where less than three.
  static @Nullable String nearest(String word, Collection<String> words) {
    int most = word.length() < 3 ? 0 : word.length() < 5 ? 1 : 2;
    String nearest = null;
    int least = most + 1;
    for (String other : words) {
      if (Math.abs(other.length() - word.length()) < least) {
        int distance = between(word, other);
        if (distance < least) {
          least = distance;
          nearest = other;
        }
      }
    }
    return nearest;
  }

  static int between(String a, String b) {
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        distance[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, distance);
      }
    }
    return distance[a.length()][b.length()];
  }

  private static int step(String a, String b, int i, int j, int[][] distance) {
    int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
    boolean exchanged =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return exchanged ? Math.min(least, 1 + distance[i - 2][j - 2]) : least;
  }
}
