package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.checkpoint.PickledTensors;
import ai.dimoo.checkpoint.SafetensorsWriter;
import ai.dimoo.checkpoint.TensorSource;
import ai.dimoo.request.TextToImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A shortcut network in PyTorch's own file, as the published one comes.
class PublishedShortcutTest {

  private static final Path NETWORK = Path.of("src/test/resources/pytorch/dimoo-shortcut.pth");

  @TempDir static Path folder;

  private static Path model;

  @BeforeAll
  static void write() throws IOException {
    model = TinyModel.write(folder.resolve("tiny"));
    Files.copy(NETWORK, model.resolve("dimoo-shortcut.pth"));
  }

  private static GeneratedPicture made(Path from) {
    try (Dimoo dimoo = Dimoo.open(from, TinyModel.OPTIONS)) {
      return dimoo.generate(TextToImage.of("a circle").fullSteps(1).seed(3).build());
    }
  }

  @Test
  void aModelUsesItAsItIs() {
    GeneratedPicture picture = made(model);

    assertThat(picture.recipe().settings().fullSteps()).isEqualTo(1);
    Path without = TinyModel.write(folder.resolve("without/tiny"));
    try (Dimoo dimoo = Dimoo.open(without, TinyModel.OPTIONS)) {
      assertThat(dimoo.model().fingerprint()).isNotEqualTo(picture.recipe().model().fingerprint());
    }
  }

  @Test
  void convertedItGivesTheSamePicture() {
    Path converted = TinyModel.write(folder.resolve("converted/tiny"));
    Map<String, TensorSource> tensors = new TreeMap<>();
    try (PickledTensors file = PickledTensors.open(NETWORK)) {
      file.names().forEach(name -> tensors.put(name, file.source(name)));
      SafetensorsWriter.writeSources(converted.resolve("shortcut.safetensors"), tensors, Map.of());
    }
    assertThat(made(converted).codes()).isEqualTo(made(model).codes());

    Path other = TinyModel.write(folder.resolve("other/tiny"));
    TinyModel.writeShortcut(other);
    assertThat(made(other).codes()).isNotEqualTo(made(model).codes());
  }
}
