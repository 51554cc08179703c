package ai.dimoo.train.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import ai.dimoo.file.LockFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir Path temporary;

  @Test
  void onePhaseIsOneProcessesButTwoPhasesMayBeAtWork() {
    RunFolder folder = new RunFolder(temporary.resolve("new/run"));
    try (LockFile ours = folder.take("vq");
        LockFile other = folder.take("transformer")) {
      assertThat(ours).isNotNull();
      assertThat(other).isNotNull();
      assertThatThrownBy(() -> folder.take("vq"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("another process is at work on this phase");
    }
    folder.take("vq").close();
  }

  @Test
  void aPhaseThatWasBegunWithAnotherRecipeIsNotGoneOnWith() throws Exception {
    RunFolder folder = new RunFolder(temporary);
    folder.begunWith("vq", "one", false);
    folder.begunWith("vq", "one", false);
    folder.begunWith("transformer", "two", false);
    Files.createFile(temporary.resolve("vq/state.safetensors"));
    assertThatThrownBy(() -> folder.begunWith("vq", "two", false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--adopt-recipe");
    assertThat(Files.readString(temporary.resolve("vq/recipe.txt"))).isEqualTo("one");
    folder.begunWith("vq", "two", true);
    folder.begunWith("vq", "two", false);
  }

  @Test
  void aPhaseThatWasRefusedBeforeItWroteAnythingMayBeginWithAnotherRecipe() throws Exception {
    RunFolder folder = new RunFolder(temporary);
    try (LockFile lock = folder.take("lora")) {
      folder.begunWith("lora", "more than fits", false);
      folder.begunWith("lora", "less", false);
    }
    assertThat(Files.readString(temporary.resolve("lora/recipe.txt"))).isEqualTo("less");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> new RunFolder(file.resolve("run")).take("vq"))
        .hasMessageContaining("file");
  }

  @Test
  void runsLieOutsideTheCheckoutUnlessToldOtherwise() {
    assertThat(RunFolder.ofRecipe("pocket", Map.of("DIMOO_RUNS", "/big")).root())
        .isEqualTo(Path.of("/big/pocket"));
    assertThat(RunFolder.ofRecipe("pocket", Map.of("XDG_STATE_HOME", "/state")).root())
        .isEqualTo(Path.of("/state/dimoo/runs/pocket"));
    assertThat(RunFolder.ofRecipe("pocket", Map.of()).root())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".local/state/dimoo/runs/pocket"));
  }
}
