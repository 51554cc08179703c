package ai.dimoo.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.checkpoint.SafetensorsFile;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Against what SciPy and NumPy computed on the same numbers.
class GoldenMetricsTest {

  private static final Path GOLDEN = Path.of("../core/src/test/resources/golden");

  private final JsonNode expected = JsonMapper.shared().readTree(GOLDEN.resolve("metrics.json"));

  @Test
  void frechetDistanceAlsoOfASingularCovariance() {
    try (SafetensorsFile file = SafetensorsFile.open(GOLDEN.resolve("metrics.safetensors"));
        PointerScope scope = new PointerScope()) {
      Tensor a = file.tensor("features_a");
      Tensor b = file.tensor("features_b");

      assertThat(FrechetDistance.between(a, b))
          .isCloseTo(expected.get("fid_a_b").doubleValue(), within(1e-8));
      assertThat(FrechetDistance.between(a, a)).isCloseTo(0, within(1e-8));
      assertThat(FrechetDistance.between(a.narrow(0, 0, 20), b))
          .isCloseTo(expected.get("fid_first20_of_a_vs_b").doubleValue(), within(1e-4));
    }
  }

  @Test
  void inceptionScore() {
    try (SafetensorsFile file = SafetensorsFile.open(GOLDEN.resolve("metrics.safetensors"));
        PointerScope scope = new PointerScope()) {
      InceptionScore score = InceptionScore.of(file.tensor("logits"), 10);

      JsonNode numbers = expected.get("inception_score_10_splits_in_order");
      assertThat(score.mean()).isCloseTo(numbers.get(0).doubleValue(), within(1e-9));
      assertThat(score.standardDeviation()).isCloseTo(numbers.get(1).doubleValue(), within(1e-9));
    }
  }

  @Test
  void kernelDistance() {
    try (SafetensorsFile file = SafetensorsFile.open(GOLDEN.resolve("metrics.safetensors"));
        PointerScope scope = new PointerScope()) {
      Tensor a = file.tensor("features_a").narrow(0, 0, 200);
      Tensor b = file.tensor("features_b").narrow(0, 0, 200);

      assertThat(KernelDistance.between(a, b))
          .isCloseTo(expected.get("kid_polynomial_unbiased_first200").doubleValue(), within(1e-9));
    }
  }
}
