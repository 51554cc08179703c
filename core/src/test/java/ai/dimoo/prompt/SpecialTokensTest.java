package ai.dimoo.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecialTokensTest {

  @TempDir Path folder;

  @Test
  void aLayoutFileIsRead() {
    assertThat(Golden.layout())
        .isEqualTo(
            new SpecialTokens(
                319, 318, 317, 316, 315, 314, 313, 312, 311, 310, 309, 300, 308, 320, 64));
  }

  @Test
  void aTokenizersNamesGiveTheIds() throws Exception {
    int codeOffset = ByteTokenizer.write(folder, ByteTokenizer.SPECIAL);
    SpecialTokens special = SpecialTokens.of(folder, codeOffset + 32, 32);
    int first = codeOffset - ByteTokenizer.SPECIAL.size();
    assertThat(special)
        .isEqualTo(
            new SpecialTokens(
                first + 12,
                first + 11,
                first + 9,
                first + 10,
                first + 7,
                first + 8,
                first + 6,
                first + 2,
                first + 3,
                first + 4,
                first + 5,
                first,
                first + 1,
                codeOffset,
                32));
    assertThat(special.token(31)).isEqualTo(special.vocabularySize() - 1);
    assertThat(special.isCode(codeOffset - 1)).isFalse();
    assertThatThrownBy(() -> special.token(32)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thePublishedVocabularyNeedsNoNames() throws Exception {
    ByteTokenizer.write(folder, List.of("<|mdm_mask|>", "<end-of-line>"));
    SpecialTokens special = SpecialTokens.of(folder, 134548, 8192);
    assertThat(special).isEqualTo(SpecialTokens.published());
    assertThat(special.mask()).isEqualTo(126336);
    assertThat(special.newline()).isEqualTo(126084);
    assertThat(special.codeOffset()).isEqualTo(126356);
    assertThat(special.userEnd()).isEqualTo(SpecialTokens.ABSENT);
    assertThat(SpecialTokens.of(folder.resolve("empty"), 134548, 8192)).isEqualTo(special);
  }

  @Test
  void thePublishedIdsWinOverNamesThatDisagree() throws Exception {
    ByteTokenizer.write(folder, ByteTokenizer.SPECIAL);
    SpecialTokens special = SpecialTokens.of(folder, 134548, 8192);
    assertThat(special.newline()).isEqualTo(126084);
    assertThat(special.userEnd()).isBetween(100, 134547);
  }

  @Test
  void aMissingNameIsNamed() throws Exception {
    List<String> names = new ArrayList<>(ByteTokenizer.SPECIAL);
    names.remove("<uncondition>");
    int codeOffset = ByteTokenizer.write(folder, names);
    assertThatThrownBy(() -> SpecialTokens.of(folder, codeOffset + 32, 32))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tokenizer.json has no added token <uncondition>")
        .hasMessageNotContaining("\n");
  }

  @Test
  void idsThatDoNotFitTheModelAreRefused() throws Exception {
    ByteTokenizer.write(folder, ByteTokenizer.SPECIAL);
    assertThatThrownBy(() -> SpecialTokens.of(folder, 60, 32))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected 0 to 59");
    assertThatThrownBy(() -> SpecialTokens.of(folder, 30, 32))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("vocab_size");
  }

  @Test
  void brokenFilesAreRefusedInOneLine() throws Exception {
    for (String text : List.of("", "[]", "{\"mask\": ", "{\"mask\": \"x\"}", "{\"mask\": 1.5}")) {
      Path file = Files.writeString(folder.resolve("layout.json"), text);
      assertThatThrownBy(() -> SpecialTokens.ofLayout(file))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("layout.json")
          .hasMessageNotContaining("\n");
    }
    assertThatThrownBy(() -> SpecialTokens.ofLayout(folder.resolve("none.json")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none.json");
  }
}
