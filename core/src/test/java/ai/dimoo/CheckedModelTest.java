package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.error.UserException;
import ai.dimoo.request.TextToImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedModelTest {

  private static final TextToImage REQUEST = TextToImage.of("a").seed(3).build();

  @TempDir private Path folder;

  @Test
  void itsSmallFilesAreReadOnce() throws IOException {
    TinyModel.write(folder);
    GeneratedPicture expected;
    try (Dimoo dimoo = Dimoo.open(folder, TinyModel.OPTIONS)) {
      expected = dimoo.generate(REQUEST);
    }
    try (CheckedModel checked = Dimoo.check(folder, TinyModel.OPTIONS, List.of())) {
      for (String name :
          List.of("config.json", "generation_config.json", "tokenizer.json", "vqvae/config.json")) {
        Files.delete(folder.resolve(name));
      }
      try (Dimoo dimoo = checked.open()) {
        assertThat(dimoo.generate(REQUEST).codes()).isEqualTo(expected.codes());
        assertThatThrownBy(checked::open).isInstanceOf(IllegalStateException.class);
      }
    }
  }

  @Test
  void adaptersThatAreToComeAreLookedAtToo() {
    TinyModel.write(folder);
    assertThatThrownBy(
            () -> Dimoo.check(folder, TinyModel.OPTIONS, List.of(new AdapterChoice(folder, 1))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("adapter_config.json");
  }

  @Test
  void oneThatIsClosedIsNotOpened() {
    CheckedModel checked = Dimoo.check(TinyModel.write(folder), TinyModel.OPTIONS, List.of());
    checked.close();
    assertThatThrownBy(checked::open).isInstanceOf(IllegalStateException.class);
  }
}
