package ai.dimoo;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.CheckpointWriter;
import ai.dimoo.checkpoint.SafetensorsWriter;
import ai.dimoo.prompt.ByteTokenizer;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.torch.Weights;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.ShortcutNetwork;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.Upsampling;
import ai.dimoo.vq.VqConfig;
import ai.dimoo.vq.VqModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A whole model of random weights, small enough to be made again for each test class: two blocks
/// of width 32, 32 codes of 8×8 pixels each, pictures of 32×32 pixels in 4 steps.
final class TinyModel {

  /// Computes alike everywhere, and leaves a processor to others.
  static final ModelOptions OPTIONS =
      ModelOptions.DEFAULT.withDevice("cpu").withDtype(Dtype.FLOAT32).withThreads(1);

  static final int SIDE = 32;
  static final int TIMESTEPS = 4;
  static final int FACTOR = 8;
  static final int CODES = 32;

  private TinyModel() {}

  /// Writes the model into a folder, which it returns.
  static Path write(Path folder) {
    return write(folder, 1);
  }

  /// @param seed of the weights
  static Path write(Path folder, long seed) {
    TorchRuntime.load();
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(seed)) {
      int codeOffset = ByteTokenizer.write(folder, ByteTokenizer.SPECIAL);
      TransformerConfig config =
          new TransformerConfig(32, 2, 2, 2, 64, codeOffset + CODES, 10_000, 1e-5, false);
      VqConfig vq = new VqConfig(List.of(8, 8, 8, 8), 1, 8, CODES, 8, 4, Upsampling.NEAREST);
      Map<String, Tensor> weights = new LinkedHashMap<>();
      new Transformer(config, drawn(random, weights), Attention.FUSED).close();
      Map<String, Tensor> vqWeights = new LinkedHashMap<>();
      new VqModel(vq, drawn(random, vqWeights));
      CheckpointWriter.to(folder)
          .transformer(config.toJson(), weights)
          .vq(vq.toJson(), vqWeights)
          .generationConfig(sampling())
          .write();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return folder;
  }

  /// Writes a shortcut network of random weights beside the model in the folder.
  static void writeShortcut(Path folder) {
    TorchRuntime.load();
    try (Checkpoint checkpoint = Checkpoint.open(folder);
        PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(5)) {
      Map<String, Tensor> weights = new LinkedHashMap<>();
      TransformerConfig config = TransformerConfig.of(checkpoint);
      new ShortcutNetwork(config, drawn(random, weights), Attention.FUSED).close();
      SafetensorsWriter.write(
          folder.resolve(Checkpoint.SHORTCUT + ".safetensors"), weights, Map.of());
    }
  }

  private static ObjectNode sampling() {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("width", SIDE).put("height", SIDE).put("timesteps", TIMESTEPS);
    json.put("cfg_scale", 1.5).put("edit_cfg_scale", 1.0).put("cfg_img", 2.0);
    json.put("temperature", 1.0).put("noise", "exact").put("crop_side", SIDE);
    return json.put("gen_length", 8).put("block_length", 4).put("steps", 8);
  }

  /// Hands out random tensors of the shapes that a model asks for, and remembers them.
  private static Weights drawn(TorchRandom random, Map<String, Tensor> drawn) {
    return (name, shape) -> {
      Tensor tensor = random.uniform(ScalarType.Float, shape);
      if (shape.length > 1) {
        tensor = tensor.sub(new Scalar(0.5)).mul(new Scalar(spread(name)));
      } else if (name.endsWith("norm1.weight") || name.endsWith("norm2.weight")) {
        tensor = tensor.add(new Scalar(0.5));
      }
      drawn.put(name, tensor);
      return tensor;
    };
  }

  private static double spread(String name) {
    if (name.endsWith("wte.weight")) {
      return 4;
    }
    boolean wide = name.contains("quantize") || name.equals("model.transformer.ff_out.weight");
    return wide ? 2 : 0.5;
  }
}
