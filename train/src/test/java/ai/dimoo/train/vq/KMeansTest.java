package ai.dimoo.train.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.TorchRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KMeansTest {

  @BeforeAll
  static void load() {
    TorchRuntime.load();
  }

  @Test
  void separateHeapsGetACentreEachInTheirMiddle() {
    Random random = new Random(5);
    int heaps = 100; // more than are drawn one at a time
    float[] numbers = new float[heaps * 60 * 2];
    for (int i = 0; i < numbers.length; i++) {
      int heap = i / 2 % heaps;
      double middle = i % 2 == 0 ? heap % 10 * 10 : heap / 10 * 10;
      numbers[i] = (float) (middle + 0.1 * random.nextGaussian());
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor points = torch.tensor(numbers).view(-1, 2);
      float[] centres = centres(points, torch.ones(points.size(0)), heaps, 20);
      for (int heap = 0; heap < heaps; heap++) {
        double x = heap % 10 * 10;
        double y = heap / 10 * 10;
        assertThat(
                IntStream.range(0, heaps)
                    .mapToDouble(c -> Math.hypot(centres[2 * c] - x, centres[2 * c + 1] - y))
                    .min()
                    .orElseThrow())
            .as("heap at %s, %s", x, y)
            .isLessThan(0.1);
      }
    }
  }

  @Test
  void aCentreIsTheWeightedMeanOfItsPoints() {
    try (PointerScope scope = new PointerScope()) {
      Tensor points = torch.tensor(0f, 1f, 100f, 101f).view(-1, 1);
      float[] centres = centres(points, torch.tensor(3f, 1f, 1f, 1f), 2, 10);
      Arrays.sort(centres);
      assertThat(centres[0]).isCloseTo(0.25f, within(1e-6f));
      assertThat(centres[1]).isCloseTo(100.5f, within(1e-6f));
    }
  }

  @Test
  void theErrorFallsAndOneSeedGivesOneResult() {
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(1)) {
      Tensor points = random.uniform(torch.ScalarType.Float, 9000, 12);
      Tensor weights = random.uniform(torch.ScalarType.Float, 9000).add_(one());
      List<Double> errors = new ArrayList<>();
      float[] first;
      try (TorchRandom seed = new TorchRandom(7)) {
        first =
            TensorArrays.floats(
                KMeans.centres(points, weights, 200, 6, seed, (i, error) -> errors.add(error)));
      }
      for (int i = 1; i < errors.size(); i++) {
        assertThat(errors.get(i)).isLessThan(errors.get(i - 1));
      }
      assertThat(centres(points, weights, 200, 6)).containsExactly(first);
    }
  }

  @Test
  void thereAreAsManyCentresAsAskedForEvenWherePointsLieOnFewPlaces() {
    try (PointerScope scope = new PointerScope()) {
      float[] numbers = new float[200];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = i < 190 ? 0.001f * i : 50 + i;
      }
      Tensor points = torch.tensor(numbers).view(-1, 1);
      Tensor centres = torch.tensor(centres(points, torch.ones(200), 100, 20)).view(-1, 1);
      int[] own = TensorArrays.ints(KMeans.nearest(points, centres).centre());
      assertThat(Arrays.stream(own).distinct().count()).isGreaterThan(90);
    }
  }

  @Test
  void nothingIsLeftBehindAndTooFewPointsAreRefused() {
    try (PointerScope scope = new PointerScope()) {
      Tensor points = torch.rand(50, 3);
      Tensor weights = torch.ones(50);
      long before = Pointer.totalCount();
      try (PointerScope inner = new PointerScope()) {
        centres(points, weights, 10, 3);
      }
      assertThat(Pointer.totalCount()).isEqualTo(before);
      assertThatThrownBy(() -> centres(points, weights, 51, 3)).hasMessageContaining("51 centres");
    }
  }

  private static org.bytedeco.pytorch.Scalar one() {
    return new org.bytedeco.pytorch.Scalar(1);
  }

  private static float[] centres(Tensor points, Tensor weights, int k, int iterations) {
    try (TorchRandom random = new TorchRandom(7)) {
      return TensorArrays.floats(
          KMeans.centres(points, weights, k, iterations, random, (i, error) -> {}));
    }
  }
}
