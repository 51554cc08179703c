package ai.dimoo.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
          Set.of("a", "an", "the", "of", "photo", "red", "and", "draw", "一", "只", "头", "和"));

  @TempDir Path folder;

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
        KNOWLEDGE.unknown(text).stream()
            .map(
                word -> word.nearest() == null ? word.word() : word.word() + " > " + word.nearest())
            .toList();
    assertThat(found).isEqualTo(expected == null ? List.of() : List.of(expected.split(", ")));
  }

  @Test
  void aNoteSaysWhatIsNotKnown() {
    assertThat(KNOWLEDGE.unknown("elefant").getFirst().note())
        .isEqualTo(
            "The model does not know \"elefant\"; the nearest word that it knows is \"elephant\".");
  }

  @Test
  void theFileGivesItBack() throws Exception {
    Files.write(folder.resolve("knowledge.json"), KnowledgeFile.bytes(KNOWLEDGE));
    assertThat(KnowledgeFile.read(folder)).isEqualTo(KNOWLEDGE);
  }

  @Test
  void aFolderThatSaysNothingKnowsEverything() {
    Knowledge open = KnowledgeFile.read(folder);
    assertThat(open.includesTask("depth_dense")).isTrue();
    assertThat(open.includes(new Size(512, 512))).isTrue();
    assertThat(open.unknown("an elefant")).isEmpty();
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
        "{\"tasks\": \"all\"}        | tasks holds \"all\", expected a list",
        "{\"sizes\": [\"128\"]}      | sizes holds 128, expected sizes such as 128x128",
        "{\"things\": [[]]}          | things holds [], expected a list of names",
        "{\"words\": [3]}            | words holds 3, expected texts",
        "{                           | is not valid JSON"
      })
  void whatIsWrongInTheFileIsSaid(String json, String message) throws Exception {
    Files.writeString(folder.resolve("knowledge.json"), json);
    assertThatThrownBy(() -> KnowledgeFile.read(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("knowledge.json")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"cat,cat,0", "cat,cats,1", "cat,act,1", "kitten,sitting,3", "abc,'',3"})
  void spellingsAreSoManySlipsApart(String a, String b, int slips) {
    assertThat(SpellingDistance.between(a, b)).isEqualTo(slips);
    assertThat(SpellingDistance.between(b, a)).isEqualTo(slips);
  }
}
