package ai.dimoo.train.tasks;

import ai.dimoo.prompt.PromptEncoder;
import ai.dimoo.prompt.PromptTemplate;
import ai.dimoo.prompt.Task;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.SequenceLayout;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenSequence;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Words to tokens as inference does it, and where the parts of a sequence lie. Thread-safe; the
/// tokenizer stays the caller's to close.
public final class PromptTokens {

  private final TextTokenizer tokenizer;
  private final SpecialTokens special;
  private final PromptEncoder encoder;
  private final SequenceLayout layout;
  private final Map<Task, int[]> unconditional = new ConcurrentHashMap<>(); // there are few tasks
  private final @Nullable Map<Words, int[]> known;

  /// @param task whose prompt they are a part of; null: they stand alone
  private record Words(@Nullable Task task, String text) {}

  /// @param most tokens that a prompt may have, pictures and answer not counted; a world whose
  ///   words are longer fails
  public PromptTokens(TextTokenizer tokenizer, SpecialTokens special, int most) {
    this(tokenizer, special, most, null);
  }

  private PromptTokens(
      TextTokenizer tokenizer, SpecialTokens special, int most, @Nullable Map<Words, int[]> known) {
    this.known = known;
    this.tokenizer = tokenizer;
    this.special = special;
    encoder = new PromptEncoder(tokenizer, special, most);
    layout = new SequenceLayout(special);
  }

  /// The same, with the tokens of all words that were encoded once remembered: for words that come
  /// again, as those of own data do.
  public static PromptTokens remembering(TextTokenizer tokenizer, SpecialTokens special, int most) {
    return new PromptTokens(tokenizer, special, most, new ConcurrentHashMap<>());
  }

  /// The ids of tokens that are not text.
  SpecialTokens special() {
    return special;
  }

  SequenceLayout layout() {
    return layout;
  }

  /// The tokens of a text alone.
  int[] text(String text) {
    return once(new Words(null, text), () -> tokenizer.encodeText(text));
  }

  /// A task's prompt with the user's words in it.
  int[] prompt(Task task, String words) {
    return once(new Words(task, words), () -> encoder.conditional(PromptTemplate.of(task, words)));
  }

  private int[] once(Words words, Supplier<int[]> encoded) {
    return known == null ? encoded.get() : known.computeIfAbsent(words, _ -> encoded.get());
  }

  /// A task's prompt in which `<uncondition>` stands for the user's words.
  int[] unconditional(Task task) {
    return unconditional.computeIfAbsent(
        task, _ -> encoder.unconditional(PromptTemplate.of(task, "")));
  }

  /// A whole sequence that ends in a picture, nothing hidden.
  ///
  /// @param prompt with or without the user's words
  /// @param sources the pictures of the prompt; may be empty
  TokenSequence sequence(Task task, int[] prompt, List<CodeGrid> sources, CodeGrid target) {
    return layout.image(prompt, unconditional(task), sources, target);
  }

  /// Where the chosen codes of the answer's picture stand in a sequence; the ends of rows are no
  /// codes.
  ///
  /// @param flags one for each code, row by row
  /// @param chosen the flag of those that are wanted
  static int[] positions(TokenSequence sequence, boolean[] flags, boolean chosen) {
    return IntStream.range(0, flags.length)
        .filter(i -> flags[i] == chosen)
        .map(sequence.image()::position)
        .toArray();
  }
}
