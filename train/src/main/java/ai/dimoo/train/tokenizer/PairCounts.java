package ai.dimoo.train.tokenizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How often each pair of neighbouring tokens occurs in the words of a corpus, kept up to date
/// while pairs are merged. Not thread-safe.
final class PairCounts {

  /// Two neighbouring tokens; compared by ids, so that equal counts have one order.
  record Pair(int left, int right) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      return left != other.left
          ? Integer.compare(left, other.left)
          : Integer.compare(right, other.right);
    }
  }

  /// A word of the corpus as tokens, and how often it occurs.
  static final class Word {
    private int[] tokens;
    private final long count;

    Word(int[] tokens, long count) {
      this.tokens = tokens;
      this.count = count;
    }
  }

  private final List<Word> words;
  private final Map<Pair, Long> counts = new HashMap<>();
  private final Map<Pair, Set<Integer>> places = new HashMap<>();

  PairCounts(List<Word> words) {
    this.words = words;
    for (int i = 0; i < words.size(); i++) {
      add(i, 1);
    }
  }

  private void add(int place, int sign) {
    Word word = words.get(place);
    for (int i = 0; i + 1 < word.tokens.length; i++) {
      Pair pair = new Pair(word.tokens[i], word.tokens[i + 1]);
      counts.merge(pair, sign * word.count, (a, b) -> a + b == 0 ? null : a + b);
      if (sign > 0) {
        places.computeIfAbsent(pair, _ -> new HashSet<>()).add(place);
      }
    }
  }

  /// The most frequent pair, of equals that with the lowest ids; null when no pair occurs `atLeast`
  /// times.
  @Nullable Pair mostFrequent(long atLeast) {
    Pair best = null;
    long most = atLeast - 1;
    for (Map.Entry<Pair, Long> entry : counts.entrySet()) {
      long count = entry.getValue();
      if (count > most || (best != null && count == most && entry.getKey().compareTo(best) < 0)) {
        best = entry.getKey();
        most = count;
      }
    }
    return best;
  }

  /// Replaces a pair by one token wherever it occurs.
  void merge(Pair pair, int token) {
    Set<Integer> where = places.remove(pair);
    if (where == null) {
      return;
    }
    for (int place : where) {
      add(place, -1);
      Word word = words.get(place);
      word.tokens = merged(word.tokens, pair, token);
      add(place, 1);
    }
  }

  private static int[] merged(int[] tokens, Pair pair, int token) {
    int[] out = new int[tokens.length];
    int n = 0;
    for (int i = 0; i < tokens.length; i++) {
      boolean match =
          i + 1 < tokens.length && tokens[i] == pair.left && tokens[i + 1] == pair.right;
      out[n++] = match ? token : tokens[i];
      i += match ? 1 : 0;
    }
    return Arrays.copyOf(out, n);
  }
}
