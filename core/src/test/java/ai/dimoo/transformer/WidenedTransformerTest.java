package ai.dimoo.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.linear.Linears;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.PlacedWeights;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.torch.Weights;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class WidenedTransformerTest {

  private static final TransformerConfig CONFIG =
      new TransformerConfig(32, 2, 2, 2, 64, 40, 10_000, 1e-5, false);

  @Test
  void weightsThatStayInBfloat16GiveWhatConvertedOnesGive() {
    TorchRuntime.load();
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(5)) {
      Map<String, Tensor> drawn = new HashMap<>();
      Weights stored =
          (name, shape) ->
              drawn.computeIfAbsent(
                  name,
                  n ->
                      random
                          .uniform(ScalarType.Float, shape)
                          .to(ScalarType.BFloat16)
                          .retainReference()); // beyond the scope of whoever asks first
      Tensor ids =
          TensorArrays.int64(new int[] {3, 1, 4, 1, 5, 9, 2, 6}, TorchDevice.CPU.toDevice());
      try (PlacedWeights placed = new PlacedWeights(stored, TorchDevice.CPU, Dtype.FLOAT32);
          Transformer converted = new Transformer(CONFIG, placed, Attention.EXPLICIT);
          Transformer widened =
              new Transformer(
                  CONFIG,
                  (name, shape) ->
                      (name.equals(TensorNames.EMBEDDING) ? stored : placed).get(name, shape),
                  Linears.widened(stored, Dtype.FLOAT32),
                  Attention.EXPLICIT)) {
        assertThat(logits(widened, ids)).isEqualTo(logits(converted, ids));
      }
      drawn.values().forEach(Tensor::releaseReference);
    }
  }

  private static float[] logits(Transformer model, Tensor ids) {
    return TensorArrays.floats(model.logits(model.hidden(ids.unsqueeze(0), null), 10, 30));
  }
}
