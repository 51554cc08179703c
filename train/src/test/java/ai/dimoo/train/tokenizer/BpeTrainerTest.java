package ai.dimoo.train.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.prompt.PromptTemplate;
import ai.dimoo.prompt.SpecialTokens;
import ai.dimoo.prompt.TextTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    SpecialTokens special = SpecialTokens.of(folder, codeOffset + 512, 512);
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
