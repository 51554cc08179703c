package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.Box;
import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Edit;
import ai.dimoo.request.TextToImage;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Native memory is given back, without the garbage collector's help.
class DimooMemoryTest {

  private static final int ROUNDS = 5;

  @TempDir Path folder;

  @Test
  void requestsLeaveNothingBehind() {
    try (Dimoo dimoo = Dimoo.open(TinyModel.write(folder), TinyModel.OPTIONS)) {
      everything(dimoo); // tables that grow once
      long before = Pointer.totalCount();
      for (int i = 0; i < ROUNDS; i++) {
        everything(dimoo);
      }

      assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }
  }

  @Test
  void closingGivesTheModelBack() {
    TinyModel.write(folder);
    openAndClose();
    System.gc();
    long before = Pointer.totalCount();
    for (int i = 0; i < ROUNDS; i++) {
      openAndClose();
    }

    // a constant that is made on first use may remain, but nothing that each round makes
    assertThat(Pointer.totalCount() - before).isLessThan(ROUNDS);
  }

  private void openAndClose() {
    Dimoo.open(folder, TinyModel.OPTIONS).close();
  }

  private static void everything(Dimoo dimoo) {
    Picture image = Pictures.of(32, 32, 0);
    GeneratedPicture made =
        dimoo.generate(
            TextToImage.of("a circle").seed(1).build(), step -> ((PictureStep) step).picture());
    dimoo.generate(made.retouch("a circle", new Box(0, 0, 9, 9)).seed(1).build());
    dimoo.generate(Edit.of(Task.named("edit_add"), image).prompt("a hat").seed(1).build());
    dimoo.ask(Ask.of("What?").image(image).seed(1).build());
    try {
      dimoo.generate(
          TextToImage.of("a circle").seed(1).build(),
          step -> {
            throw new CancellationException();
          });
    } catch (CancellationException e) {
      // as wanted
    }
  }
}
