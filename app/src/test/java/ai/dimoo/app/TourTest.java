package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Size;
import ai.dimoo.prompt.Task;
import ai.dimoo.server.ModelCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TourTest {

  private static final Path POCKET = Path.of("../models/pocket");

  @TempDir Path folder;

  @Test
  void everyTaskIsShownOnOneSheet() throws IOException {
    Path sheet = folder.resolve("sheet.png");
    CommandRun run =
        CommandRun.of(
            "tour", "--model=" + ModelCopy.inTwoSteps(folder, POCKET), "-o", sheet.toString());

    assertThat(run.status()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    for (Task task : Task.known()) {
      if (!task.name().equals("other")) {
        assertThat(lines).anyMatch(line -> line.matches(" ?\\d+  " + task.name() + "( .*)?"));
      }
    }
    assertThat(lines)
        .contains(" 1  text_to_image        a fox to the left of a pizza")
        .anyMatch(line -> line.contains("Replace the pizza with a cake."))
        .anyMatch(line -> line.matches(".*understanding +Is there a cake\\? → .*"))
        .endsWith(sheet.toString());
    int rows = Math.ceilDiv(lines.size() - 1, 2);
    int cell = 128 + 6;
    assertThat(ImageFiles.read(sheet).size())
        .isEqualTo(new Size(2 * (3 * cell + 30) + 30, rows * cell + 60));
  }

  @Test
  void onlyTheTasksOfTheModelAreShownWithThingsThatItKnows() throws IOException {
    Path sheet = folder.resolve("sheet.png");
    CommandRun run =
        CommandRun.of(
            "tour",
            "--model=" + ModelCopy.ofSixShapes(folder, POCKET),
            "--seed=-1",
            "-o",
            sheet.toString());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .hasSize(6)
        .contains(" 1  text_to_image        a circle to the left of a square")
        .anyMatch(line -> line.startsWith(" 4  inpaint "));
    assertThat(run.err())
        .contains("note: the model was not trained for edit_replace, ")
        .containsPattern("\\Rseed \\d+\\R");
    assertThat(ImageFiles.read(sheet).width()).isPositive();
  }

  @Test
  void badOptionsAreRefusedBeforeTheModelIsOpened() {
    assertThat(CommandRun.of("tour", "--seed=-2").err())
        .contains("--seed is -2, expected 0 or more, or -1 for a new one");
    CommandRun nowhere = CommandRun.of("tour", "-o", folder.resolve("no/sheet.png").toString());
    assertThat(nowhere.status()).isEqualTo(2);
    assertThat(nowhere.err()).contains("no");
  }
}
