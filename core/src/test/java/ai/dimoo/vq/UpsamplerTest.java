package ai.dimoo.vq;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.checkpoint.ConfigFile;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpsamplerTest {

  @BeforeAll
  static void load() {
    TorchRuntime.load();
  }

  @Test
  void theFourPixelsThatOneBecomesDifferOnlyIfTransposed() {
    try (PointerScope scope = new PointerScope()) {
      torch.manual_seed(1);
      Tensor flat = torch.ones(1, 2, 5, 5);
      for (Upsampling how : Upsampling.values()) {
        Upsampler upsampler = Upsampler.of(how, (name, shape) -> torch.randn(shape), "up", 2);
        Tensor doubled = upsampler.apply(flat);
        assertThat(doubled.sizes().vec().get()).containsExactly(1, 2, 10, 10);
        // the middle pixel's four, away from the padding
        float[] four = TensorArrays.floats(doubled.narrow(2, 4, 2).narrow(3, 4, 2).select(1, 0));
        boolean equal = four[0] == four[1] && four[1] == four[2] && four[2] == four[3];
        assertThat(equal).as(how.toString()).isEqualTo(how == Upsampling.NEAREST);
      }
    }
  }

  @Test
  void itIsPartOfTheConfiguration(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("config.json");
    for (Upsampling how : Upsampling.values()) {
      VqConfig config = new VqConfig(List.of(8, 16), 1, 4, 10, 4, 4, how);
      Files.writeString(file, config.toJson().toString());
      assertThat(VqConfig.of(ConfigFile.open(file))).isEqualTo(config);
    }
    assertThat(VqConfig.PUBLISHED.toJson().has("upsample_type")).isFalse();
  }
}
