package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Edit;
import ai.dimoo.request.TextToImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of an input picture that a model's VQ model cannot render.
class RoundTripNotesTest {

  private static final Picture PICTURE = Pictures.of(64, 32, 0);

  @TempDir Path folder;

  private List<String> notes(double expected) throws Exception {
    Path model = TinyModel.write(folder.resolve("tiny-" + expected));
    Files.writeString(model.resolve("knowledge.json"), "{\"round_trip_psnr\": " + expected + "}");
    try (Dimoo dimoo = Dimoo.open(model, TinyModel.OPTIONS)) {
      List<String> edited =
          dimoo
              .generate(
                  Edit.of(Task.named("edit_add"), PICTURE).prompt("Add a hat.").seed(1).build())
              .notes();
      List<String> asked = dimoo.ask(Ask.of("What is it?").image(PICTURE).build()).notes();
      assertThat(asked).isEqualTo(edited);
      assertThat(dimoo.generate(TextToImage.of("a cat").size(32, 16).seed(1).build()).notes())
          .isEmpty();
      return edited;
    }
  }

  @Test
  void aPictureBelowWhatTheModelsWorldReachesIsNamed() throws Exception {
    assertThat(notes(99))
        .singleElement()
        .asString()
        .startsWith("The picture of 32x16 is unlike those that the model was trained on")
        .endsWith("they reach 99.0 or more. Expect little of the result.");
  }

  @Test
  void aPictureThatReachesItIsNot() throws Exception {
    assertThat(notes(0.1)).isEmpty();
  }
}
