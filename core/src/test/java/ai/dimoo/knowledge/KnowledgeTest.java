package ai.dimoo.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnowledgeTest {

  private static final Knowledge KNOWLEDGE =
      new Knowledge(
          List.of("text_to_image", "edit_add"),
          List.of(new Size(128, 128)),
          List.of("English", "Chinese"),
          List.of(
              new KnownThing("elephant", List.of("elephant", "elephants", "大象")),
              new KnownThing("hot dog", List.of("hot dog", "hot dogs", "热狗")),
              new KnownThing("cat", List.of("cat", "cats", "kitty", "猫"))),
          Set.of("a", "an", "the", "of", "photo", "red", "and", "draw", "一", "只", "头", "和"),
          17.5);

  private static final VocabularyCheck VOCABULARY = new VocabularyCheck(KNOWLEDGE);

  @TempDir Path folder;

  private Knowledge read() throws Exception {
    Files.writeString(folder.resolve("config.json"), "{}");
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      return KnowledgeFile.read(checkpoint);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a photo of a cat and the Hot Dogs |",
        "draw an elefant                   | elefant > elephant",
        "a red qxzvw                       | qxzvw",
        "the CAT, 2 cats!                  |",
        "a kity                            | kity > kitty",
        "一只猫和一头大象                      |",
        "一只恐龙和猫                        | 恐龙",
        "A Zzyzx and a zzyzx                 | Zzyzx"
      })
  void unknownWordsAreNamedWithTheNearest(String text, String expected) {
    List<String> found =
        VOCABULARY.unknown(text).stream()
            .map(
                word -> word.nearest() == null ? word.word() : word.word() + " > " + word.nearest())
            .toList();
    assertThat(found).isEqualTo(expected == null ? List.of() : List.of(expected.split(", ")));
  }

  @Test
  void aNoteSaysWhatIsNotKnown() {
    assertThat(VOCABULARY.unknown("elefant").getFirst().note())
        .isEqualTo(
            "The model does not know \"elefant\"; the nearest word that it knows is \"elephant\".");
  }

  @Test
  void theFileGivesItBack() throws Exception {
    Files.writeString(
        folder.resolve("knowledge.json"), KnowledgeFile.toJson(KNOWLEDGE).toPrettyString());
    assertThat(read()).isEqualTo(KNOWLEDGE);
  }

  @Test
  void aFolderThatSaysNothingKnowsEverything() throws Exception {
    Knowledge open = read();
    assertThat(open.includesTask("depth_dense")).isTrue();
    assertThat(open.includes(new Size(512, 512))).isTrue();
    assertThat(new VocabularyCheck(open).unknown("an elefant")).isEmpty();
  }

  @Test
  void tasksAndSizesBeyondTheListsAreNotIncluded() {
    assertThat(KNOWLEDGE.includesTask("text_to_image")).isTrue();
    assertThat(KNOWLEDGE.includesTask("edit_remove")).isFalse();
    assertThat(KNOWLEDGE.includes(new Size(128, 128))).isTrue();
    assertThat(KNOWLEDGE.includes(new Size(128, 64))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"tasks\": \"all\"}        | tasks is \"all\", expected a list of texts.",
        "{\"sizes\": [\"128\"]}      | sizes is 128, expected sizes such as 128x128.",
        "{\"sizes\": [\"0x128\"]}    | sizes is 0x128, expected sizes such as 128x128.",
        "{\"things\": \"cat\"}       | things is \"cat\", expected a list of lists of texts.",
        "{\"things\": [\"cat\"]}     | things[0] is \"cat\", expected a list of texts.",
        "{\"things\": [[]]}          | things is [], expected a list of names for each thing.",
        "{\"words\": [\"a\", 3]}     | words[1] is 3, expected a text.",
        "{\"round_trip_psnr\": \"a\"}  | round_trip_psnr is \"a\", expected a number of at least 0.",
        "[]                          | does not hold a JSON object.",
        "{                           | is not valid JSON",
        "{\"tasks\": [], \"tasks\": []} | is not valid JSON"
      })
  void whatIsWrongInTheFileIsSaid(String json, String message) throws Exception {
    Files.writeString(folder.resolve("knowledge.json"), json);
    assertThatThrownBy(this::read)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("knowledge.json")
        .hasMessageContaining(message);
  }

  @Test
  void aMessageIsNotAsLongAsTheFile() throws Exception {
    Files.writeString(
        folder.resolve("knowledge.json"), "{\"languages\": \"" + "x".repeat(100_000) + "\"}");
    assertThatThrownBy(this::read)
        .isInstanceOf(UserException.class)
        .extracting(e -> e.getMessage().length())
        .satisfies(length -> assertThat(length).isLessThan(500));
  }

  @ParameterizedTest
  @CsvSource({"cat,cat,0", "cat,cats,1", "cat,act,1", "kitten,sitting,3", "abc,'',3"})
  void spellingsAreSoManySlipsApart(String a, String b, int slips) {
    assertThat(SpellingDistance.between(a, b)).isEqualTo(slips);
    assertThat(SpellingDistance.between(b, a)).isEqualTo(slips);
  }
}
