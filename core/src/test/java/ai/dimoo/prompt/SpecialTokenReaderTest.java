package ai.dimoo.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import ai.dimoo.sequence.SpecialTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecialTokenReaderTest {

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
    SpecialTokens special = SpecialTokenReader.of(folder, codeOffset + 32, 32);
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
    SpecialTokens special = SpecialTokenReader.of(folder, 134548, 8192);
    assertThat(special).isEqualTo(SpecialTokens.PUBLISHED);
    assertThat(special.mask()).isEqualTo(126336);
    assertThat(special.newline()).isEqualTo(126084);
    assertThat(special.codeOffset()).isEqualTo(126356);
    assertThat(SpecialTokenReader.of(folder.resolve("empty"), 134548, 8192)).isEqualTo(special);
  }

  @Test
  void thePublishedIdsWinOverNamesThatDisagree() throws Exception {
    ByteTokenizer.write(folder, ByteTokenizer.SPECIAL);
    assertThat(SpecialTokenReader.of(folder, 134548, 8192)).isEqualTo(SpecialTokens.PUBLISHED);
  }

  @Test
  void aMissingNameIsNamed() throws Exception {
    List<String> names = new ArrayList<>(ByteTokenizer.SPECIAL);
    names.remove("<uncondition>");
    int codeOffset = ByteTokenizer.write(folder, names);
    assertThatThrownBy(() -> SpecialTokenReader.of(folder, codeOffset + 32, 32))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tokenizer.json has no added token <uncondition>")
        .hasMessageNotContaining("\n");
  }

  @Test
  void idsThatDoNotFitTheModelAreRefused() throws Exception {
    ByteTokenizer.write(folder, ByteTokenizer.SPECIAL);
    assertThatThrownBy(() -> SpecialTokenReader.of(folder, 60, 32))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected 0 to 59");
    assertThatThrownBy(() -> SpecialTokenReader.of(folder, 30, 32))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("vocab_size");
  }

  @Test
  void brokenFilesAreRefusedInOneLine() throws Exception {
    for (String text : List.of("", "[]", "{\"mask\": ", "{\"mask\": \"x\"}", "{\"mask\": 1.5}")) {
      Path file = Files.writeString(folder.resolve("layout.json"), text);
      assertThatThrownBy(() -> SpecialTokenReader.ofLayout(file))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("layout.json")
          .hasMessageNotContaining("\n");
    }
    assertThatThrownBy(() -> SpecialTokenReader.ofLayout(folder.resolve("none.json")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none.json");
  }
}
