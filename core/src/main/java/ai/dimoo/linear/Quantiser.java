package ai.dimoo.linear;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.CheckpointCopy;
import ai.dimoo.checkpoint.TensorInfo;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.checkpoint.TensorSource;
import ai.dimoo.checkpoint.WeightFiles;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.node.ObjectNode;

/// Writes a copy of a checkpoint whose blocks' matrices are held in few bits, see {@link
/// CheckpointCopy}.
///
/// In the copy a matrix keeps its name, and its scales stand beside it ({@link
/// TensorNames#scales}); `config.json` names the format. All else is as it was. Use it from a
/// platform thread.
public final class Quantiser {

  private final WeightFiles weights;
  private final WeightFormat format;
  private final Map<String, Tensor> kept = new HashMap<>(); // scales, of no scope

  private Quantiser(WeightFiles weights, WeightFormat format) {
    this.weights = weights;
    this.format = format;
  }

  /// Writes the copy.
  ///
  /// @param target a folder that does not exist yet
  /// @throws UserException if the target exists, or the source is not usable or quantised already
  /// @throws EnvironmentException if it cannot be written: disk full, no permission
  public static void write(
      Path source, Path target, WeightFormat format, CheckpointCopy.Listener listener) {
    try (Checkpoint opened = Checkpoint.open(source)) {
      WeightFormat stored = WeightFormat.stored(opened.config());
      if (stored != null) {
        throw new UserException(
            Fault.of("%s is quantised already: its weights are in %s.".formatted(source, stored))
                .in("model")
                .mend(Remedy.plain("quantise the model that it was made of")));
      }
      CheckpointCopy copy = CheckpointCopy.of(opened, target, listener);
      ObjectNode config = opened.config().json().deepCopy();
      format.writeTo(config);
      Quantiser quantiser = new Quantiser(opened.weights(), format);
      try {
        copy.write(config, quantiser.tensors());
      } finally {
        quantiser.kept.values().forEach(Tensor::close); // of a copy that was not finished
      }
    }
  }

  private Map<String, TensorSource> tensors() {
    Map<String, TensorSource> tensors = new TreeMap<>();
    weights.names().forEach(name -> add(tensors, weights.info(name)));
    if (tensors.size() == weights.names().size()) {
      throw new UserException(
          Fault.of("%s has no matrices of blocks to quantise.".formatted(weights.directory()))
              .in("model")
              .mend(Remedy.giveAnother("model")));
    }
    return tensors;
  }

  private void add(Map<String, TensorSource> tensors, TensorInfo info) {
    String name = info.name();
    boolean matrix = TensorNames.isMatrixInBlock(name) && info.shape().size() == 2;
    if (!matrix) {
      tensors.put(name, weights.source(name));
      return;
    }
    long out = info.shape().getFirst();
    long in = info.shape().getLast();
    format.requireGroups(name, in);
    tensors.put(
        name,
        new TensorSource(
            format.numbersDtype(), boxed(format.numbersShape(out, in)), () -> numbers(info)));
    String scales = TensorNames.scales(name);
    tensors.put(
        scales,
        new TensorSource(
            format.scalesDtype(), boxed(format.scalesShape(out, in)), () -> scales(scales)));
  }

  /// Quantises a matrix and keeps its scales, whose turn comes next: they stand behind it by name.
  private Tensor numbers(TensorInfo info) {
    Tensor plain = weights.get(info.name(), info.sizes());
    QuantisedWeight quantised = QuantisedWeight.of(format, plain);
    weights.unload(info.name());
    kept.put(TensorNames.scales(info.name()), quantised.scales().retainReference());
    return quantised.numbers();
  }

  /// Those that were kept, from here on the caller's `PointerScope`'s.
  private Tensor scales(String name) {
    try (Tensor scales = kept.remove(name)) {
      return scales.detach();
    }
  }

  private static List<Long> boxed(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
