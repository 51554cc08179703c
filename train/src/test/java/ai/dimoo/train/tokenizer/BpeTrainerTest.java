package ai.dimoo.train.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import ai.dimoo.prompt.PromptTemplate;
import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.sequence.SpecialTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BpeTrainerTest {

  private static final List<String> CORPUS =
      List.of(
          "A red circle to the left of a blue square.",
          "a red square above a green circle",
          "two blue circles and a red triangle",
          "a green square below a red circle",
          "How many red circles are there?");

  @TempDir Path folder;

  private BpeVocabulary trained() {
    return new BpeTrainer(300).train(CORPUS);
  }

  @Test
  void frequentWordsBecomeOneToken() {
    trained().write(folder);
    try (TextTokenizer tokenizer = TextTokenizer.open(folder)) {
      assertThat(tokenizer.encodeText("a red circle")).hasSize(3);
      assertThat(tokenizer.encodeText("zebra")).hasSizeGreaterThan(1);
    }
  }

  @Test
  void everyTextComesBack() {
    trained().write(folder);
    try (TextTokenizer tokenizer = TextTokenizer.open(folder)) {
      for (String text :
          List.of(
              "a red circle",
              " leading and trailing  ",
              "tabs\tand\nnew lines\r\n",
              "Grüße, 東京, नमस्ते, עברית 123 ½",
              "👩‍👩‍👧‍👦 🏳️‍🌈 \u0000 \u0007",
              "</user> <IMAGE> <|mdm_mask|>",
              "")) {
        int[] tokens = tokenizer.encodeText(text);
        assertThat(tokenizer.decode(tokens, false)).isEqualTo(text);
        assertThat(Arrays.stream(tokens)).allMatch(token -> token < 300);
      }
    }
  }

  @Test
  void idsAreTextThenAddedTokensThenCodes() {
    BpeVocabulary vocabulary = trained();
    vocabulary.write(folder);
    int codeOffset = vocabulary.codeOffset();
    SpecialTokens special = SpecialTokenReader.of(folder, codeOffset + 512, 512);
    assertThat(special.codeOffset()).isEqualTo(codeOffset);
    try (TextTokenizer tokenizer = TextTokenizer.open(folder)) {
      assertThat(
              tokenizer.encodeMarkup(
                  "<|endoftext|><|pad|><system></system><user></user><uncondition><answer>"
                      + "</answer><IMAGE></IMAGE><end-of-line><|mdm_mask|>"))
          .containsExactly(
              special.eos(),
              special.pad(),
              special.systemStart(),
              special.systemEnd(),
              special.userStart(),
              special.userEnd(),
              special.uncondition(),
              special.beginAnswer(),
              special.endAnswer(),
              special.beginImage(),
              special.endImage(),
              special.newline(),
              special.mask());
      Map<String, Integer> added = tokenizer.addedTokens();
      assertThat(added.values()).doesNotHaveDuplicates().allMatch(id -> id < codeOffset);
      assertThat(special.eos()).isEqualTo(vocabulary.tokens().size());
      for (String sentence : PromptTemplate.systemPrompts()) {
        assertThat(tokenizer.encodeMarkup("<system>" + sentence + "</system>"))
            .containsExactly(special.systemStart(), added.get(sentence), special.systemEnd());
      }
    }
  }

  @Test
  void mergesAreThoseOfCountingAgainEachTime() {
    Random random = new Random(7);
    List<String> corpus = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      StringBuilder word = new StringBuilder();
      for (int n = 1 + random.nextInt(9); n > 0; n--) {
        word.append("abc".charAt(random.nextInt(3)));
      }
      corpus.add(word.toString());
    }
    BpeVocabulary vocabulary = new BpeTrainer(256 + 40).train(corpus);
    assertThat(vocabulary.merges()).isEqualTo(naiveMerges(corpus, vocabulary.merges().size()));
    assertThat(vocabulary.tokens()).hasSize(296).doesNotHaveDuplicates();
  }

  // The textbook loop: count every pair, merge the most frequent, ids in order of birth.
  private static List<String> naiveMerges(List<String> corpus, int merges) {
    List<String> births = new ArrayList<>(List.of("a", "b", "c"));
    List<List<String>> words = new ArrayList<>();
    corpus.forEach(word -> words.add(new ArrayList<>(List.of(word.split("")))));
    List<String> out = new ArrayList<>();
    while (out.size() < merges) {
      Map<List<String>, Integer> counts = new HashMap<>();
      for (List<String> word : words) {
        for (int i = 0; i + 1 < word.size(); i++) {
          counts.merge(List.of(word.get(i), word.get(i + 1)), 1, Integer::sum);
        }
      }
      Comparator<List<String>> byCount = Comparator.comparing(counts::get);
      List<String> best =
          counts.keySet().stream()
              .min(
                  byCount
                      .reversed()
                      .thenComparing(pair -> births.indexOf(pair.get(0)))
                      .thenComparing(pair -> births.indexOf(pair.get(1))))
              .orElseThrow();
      for (List<String> word : words) {
        for (int i = 0; i + 1 < word.size(); i++) {
          if (word.subList(i, i + 2).equals(best)) {
            word.set(i, best.get(0) + best.get(1));
            word.remove(i + 1);
          }
        }
      }
      if (!births.contains(best.get(0) + best.get(1))) {
        births.add(best.get(0) + best.get(1));
      }
      out.add(best.get(0) + " " + best.get(1));
    }
    return out;
  }

  @Test
  void theVocabularyIsNeverLargerThanAskedFor() {
    assertThat(new BpeTrainer(270).train(CORPUS).tokens()).hasSize(270).doesNotHaveDuplicates();
    assertThat(new BpeTrainer(256).train(CORPUS).merges()).isEmpty();
    assertThat(new BpeTrainer(5000).train(List.of("once up")).tokens()).hasSize(256);
    assertThatThrownBy(() -> new BpeTrainer(255))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("found 255");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> trained().write(file.resolve("model")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void oneCorpusGivesOneFile() throws Exception {
    trained().write(folder.resolve("one"));
    trained().write(folder.resolve("two"));
    assertThat(folder.resolve("one/tokenizer.json"))
        .hasSameBinaryContentAs(folder.resolve("two/tokenizer.json"));
    try (var files = Files.list(folder.resolve("one"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("tokenizer.json", "tokenizer_config.json");
    }
  }
}
