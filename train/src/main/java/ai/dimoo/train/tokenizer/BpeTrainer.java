package ai.dimoo.train.tokenizer;

import ai.dimoo.error.UserException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Trains a byte-level BPE tokenizer (Sennrich et al., 2016; bytes as letters as in GPT-2): begins
/// with the 256 bytes and merges the most frequent pair of neighbours inside words until the
/// vocabulary is full. The same corpus gives the same tokenizer.
///
/// Immutable and thread-safe.
public final class BpeTrainer {

  // How GPT-2 and Hugging Face's ByteLevel cut a text into words; pairs never cross a cut.
  private static final Pattern WORDS =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  // A merge that occurs once only memorises one word.
  private static final long LEAST_COUNT = 2;

  private final int vocabularySize;

  /// @param vocabularySize most tokens of text, the 256 bytes included and added tokens not
  public BpeTrainer(int vocabularySize) {
    if (vocabularySize < 256) {
      throw new UserException(
          "A byte-level vocabulary holds at least 256 tokens, found %d; ask for more."
              .formatted(vocabularySize));
    }
    this.vocabularySize = vocabularySize;
  }

  /// Trains on texts, read once. Small corpora may give fewer tokens than asked for: a pair has to
  /// occur twice to become one.
  public BpeVocabulary train(Iterable<String> corpus) {
    PairCounts counts = new PairCounts(words(corpus));
    List<String> tokens = new ArrayList<>();
    Map<String, Integer> ids = new HashMap<>();
    for (int b = 0; b < 256; b++) {
      ids.put(String.valueOf(ByteAlphabet.letter(b)), b);
      tokens.add(String.valueOf(ByteAlphabet.letter(b)));
    }
    List<String> merges = new ArrayList<>();
    while (tokens.size() < vocabularySize) {
      PairCounts.Pair pair = counts.mostFrequent(LEAST_COUNT);
      if (pair == null) {
        break;
      }
      String left = tokens.get(pair.left());
      String right = tokens.get(pair.right());
      merges.add(left + " " + right);
      // Two merges can spell the same token: a+ba and ab+a.
      Integer known = ids.putIfAbsent(left + right, tokens.size());
      if (known == null) {
        tokens.add(left + right);
      }
      counts.merge(pair, ids.get(left + right));
    }
    return new BpeVocabulary(tokens, merges);
  }

  private static List<PairCounts.Word> words(Iterable<String> corpus) {
    Map<String, Long> counts = new TreeMap<>();
    for (String text : corpus) {
      Matcher matcher = WORDS.matcher(Normalizer.normalize(text, Normalizer.Form.NFC));
      while (matcher.find()) {
        counts.merge(matcher.group(), 1L, Long::sum);
      }
    }
    List<PairCounts.Word> words = new ArrayList<>();
    counts.forEach((word, n) -> words.add(new PairCounts.Word(ByteAlphabet.bytes(word), n)));
    return words;
  }
}
