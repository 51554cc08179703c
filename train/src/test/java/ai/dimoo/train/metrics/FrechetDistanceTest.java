package ai.dimoo.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.checkpoint.SafetensorsFile;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/// The numbers that SciPy computed are among the cases of `ParityTest`.
class FrechetDistanceTest {

  private static final Path FEATURES =
      Path.of("../core/src/test/resources/golden/metrics.safetensors");

  @Test
  void aSetIsAtNoDistanceFromItself() {
    try (SafetensorsFile file = SafetensorsFile.open(FEATURES);
        PointerScope scope = new PointerScope()) {
      Tensor a = file.tensor("features_a");

      assertThat(FrechetDistance.between(a, a)).isCloseTo(0, within(1e-8));
    }
  }
}
