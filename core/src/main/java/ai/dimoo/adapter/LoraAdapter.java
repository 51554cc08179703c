package ai.dimoo.adapter;

import ai.dimoo.checkpoint.ConfigFile;
import ai.dimoo.checkpoint.SafetensorsWriter;
import ai.dimoo.checkpoint.WeightFiles;
import ai.dimoo.error.UserException;
import ai.dimoo.linear.LowRank;
import ai.dimoo.torch.Weights;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;

/// Changes of low rank to a transformer's linear layers, as Hugging Face's PEFT keeps them: a
/// folder with `adapter_config.json` and `adapter_model.safetensors`, in which layer
/// `model.transformer.blocks.0.q_proj` has the tensors `base_model.model.` + its name +
/// `.lora_A.weight`, [rank, in], and `.lora_B.weight`, [out, rank].
///
/// Use it from one thread at a time; whoever opened it closes it, after everything that uses its
/// tensors.
public final class LoraAdapter implements AutoCloseable {

  private static final String WEIGHTS = "adapter_model";
  private static final String PREFIX = "base_model.model.";
  private static final String WEIGHT = ".weight";
  private static final String A = ".lora_A.weight";
  private static final String B = ".lora_B.weight";

  private final LoraConfig config;
  private final WeightFiles files;
  private final Set<String> layers;

  private LoraAdapter(LoraConfig config, WeightFiles files) {
    this.config = config;
    this.files = files;
    layers = layers(files.names());
  }

  /// Opens an adapter's folder; its tensors are mapped.
  ///
  /// @throws UserException if a file is missing, or holds what is no change of a linear layer
  public static LoraAdapter open(Path folder) {
    LoraConfig config = LoraConfig.read(folder);
    WeightFiles files = WeightFiles.open(folder, WEIGHTS);
    try {
      for (String name : files.names()) {
        if (!isChange(name)) {
          throw new UserException(
              "%s holds the tensor %s, which is no part of a LoRA adapter; only %sLAYER%s and %4$s are."
                  .formatted(folder, name, PREFIX, A, B));
        }
      }
      return new LoraAdapter(config, files);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /// The two files of an adapter's folder, which decide what it does.
  public static List<Path> files(Path folder) {
    return List.of(folder.resolve(LoraConfig.FILE), folder.resolve(WEIGHTS + ".safetensors"));
  }

  /// What its configuration says.
  public LoraConfig config() {
    return config;
  }

  /// The layers that it changes, by the names of their weights.
  public Set<String> layers() {
    return layers;
  }

  private static Set<String> layers(Set<String> tensors) {
    Set<String> layers = new TreeSet<>();
    for (String name : tensors) {
      String layer = name.substring(PREFIX.length());
      layers.add(layer.substring(0, layer.length() - A.length()) + WEIGHT);
    }
    return Collections.unmodifiableSet(layers);
  }

  /// The change to a layer, as it is stored.
  ///
  /// @param name of the layer's weight
  /// @param out width of its output
  /// @param in width of its input
  /// @throws UserException if its shape is another
  public LowRank change(String name, long out, long in) {
    return change(files, name, out, in, config.rank(), config.scale());
  }

  /// The same, with tensors that were placed elsewhere.
  ///
  /// @param placed gives the tensors of [#weights]
  /// @param share how much of it is wanted, 1 as it was trained
  public LowRank change(Weights placed, String name, long out, long in, double share) {
    return change(placed, name, out, in, config.rank(), config.scale() * share);
  }

  /// Its tensors by the names that they have in the file.
  public Weights weights() {
    return files;
  }

  /// The change to a layer whose tensors come from `weights`, under the names of the file.
  ///
  /// @param scale what B·A is multiplied by
  public static LowRank change(
      Weights weights, String name, long out, long in, int rank, double scale) {
    String layer = PREFIX + name.substring(0, name.length() - WEIGHT.length());
    return new LowRank(weights.get(layer + A, rank, in), weights.get(layer + B, out, rank), scale);
  }

  /// Whether a tensor belongs to a change.
  public static boolean isChange(String name) {
    return name.startsWith(PREFIX) && (name.endsWith(A) || name.endsWith(B));
  }

  /// Whether a tensor is the A of its layer: random before training, while B is zero.
  public static boolean isA(String name) {
    return name.endsWith(A);
  }

  /// Writes an adapter's folder, which need not exist, each of its files whole or not at all.
  ///
  /// @param tensors by the names that they have in the file
  public static void write(Path folder, LoraConfig config, Map<String, Tensor> tensors) {
    SafetensorsWriter.write(
        folder.resolve(WEIGHTS + ".safetensors"),
        new LinkedHashMap<>(tensors),
        Map.of("format", "pt"));
    ConfigFile.write(folder.resolve(LoraConfig.FILE), config.toJson());
  }

  @Override
  public void close() {
    files.close();
  }
}
