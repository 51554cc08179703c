package ai.dimoo.linear;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.torch.Weights;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class WidenedLinearTest {

  @Test
  void computesWhatConvertedWeightsCompute() {
    TorchRuntime.load();
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(3)) {
      Tensor stored = random.uniform(ScalarType.Float, 24, 16).to(ScalarType.BFloat16);
      Tensor x = random.uniform(ScalarType.Float, 5, 16);
      Weights weights = (name, shape) -> stored;
      LinearLayer converted = LinearLayer.dense(stored.to(ScalarType.Float));
      LinearLayer widened = Linears.widened(weights, Dtype.FLOAT32).get("w", 24, 16);

      assertThat(TensorArrays.floats(widened.apply(x)))
          .isEqualTo(TensorArrays.floats(converted.apply(x)));
      assertThat(TensorArrays.floats(widened.outputs(3, 9).apply(x)))
          .isEqualTo(TensorArrays.floats(converted.outputs(3, 9).apply(x)));
    }
  }
}
