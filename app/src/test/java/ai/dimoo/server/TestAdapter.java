package ai.dimoo.server;

import ai.dimoo.adapter.LoraAdapter;
import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.transformer.TransformerConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Adapters of random numbers, large enough to be seen.
final class TestAdapter {

  private static final int RANK = 4;

  private TestAdapter() {}

  /// Writes an adapter of the pocket model.
  static Path write(Path folder, long seed) {
    try (Checkpoint checkpoint = Checkpoint.open(ServerFixture.POCKET)) {
      int width = TransformerConfig.of(checkpoint).dModel();
      return write(folder, seed, width, TensorNames.query(0), TensorNames.attentionOut(1));
    }
  }

  /// @param layers the square matrices that it changes
  static Path write(Path folder, long seed, int width, String... layers) {
    TorchRuntime.load();
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(seed)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (String layer : List.of(layers)) {
        String peft = "base_model.model." + layer.replace(".weight", "");
        tensors.put(peft + ".lora_A.weight", drawn(random, RANK, width));
        tensors.put(peft + ".lora_B.weight", drawn(random, width, RANK));
      }
      LoraAdapter.write(folder, new LoraConfig(RANK, 2 * RANK, false, 0, "pocket"), tensors);
      return folder;
    }
  }

  private static Tensor drawn(TorchRandom random, long... shape) {
    return random.uniform(ScalarType.Float, shape).sub(new Scalar(0.5));
  }
}
