package ai.dimoo.train.pocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import ai.dimoo.train.tokenizer.BpeVocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir Path temporary;

  @Test
  void oneRunAtATimeHasAFolder() {
    Path folder = temporary.resolve("new/run");
    try (RunFolder ours = RunFolder.take(folder)) {
      assertThat(ours).isNotNull();
      assertThatThrownBy(() -> RunFolder.take(folder))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("another run trains here");
    }
    RunFolder.take(folder).close();
  }

  @Test
  void aRunThatWasBegunWithAnotherRecipeIsNotGoneOnWith() throws Exception {
    try (RunFolder folder = RunFolder.take(temporary)) {
      folder.begunWith("one", false);
      folder.begunWith("one", false);
      assertThatThrownBy(() -> folder.begunWith("two", false))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("--adopt-recipe");
      assertThat(Files.readString(temporary.resolve("recipe.txt"))).isEqualTo("one");
      folder.begunWith("two", true);
      folder.begunWith("two", false);
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> RunFolder.take(file.resolve("run"))).hasMessageContaining("file");
  }

  @Test
  void theDescriptionTellsWordsAndRecipesApart() {
    PocketRecipe recipe = TinyRun.RECIPE;
    BpeVocabulary words = new BpeVocabulary(List.of("a", "b"), List.of());
    BpeVocabulary others = new BpeVocabulary(List.of("b", "a"), List.of());
    assertThat(recipe.description(words))
        .isEqualTo(recipe.description(new BpeVocabulary(List.of("a", "b"), List.of())))
        .isNotEqualTo(recipe.description(others))
        .isNotEqualTo(PocketRecipe.SHIPPED.description(words));
  }
}
