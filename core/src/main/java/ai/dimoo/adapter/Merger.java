package ai.dimoo.adapter;

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
import ai.dimoo.linear.Linears;
import ai.dimoo.linear.LowRank;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.FiniteNumbers;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.TorchRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Writes a copy of a checkpoint that has the changes of adapters in its weights: a model like any
/// other, that computes what the original does with the adapters beside it.
///
/// The sum W + scale·B·A is computed in float32 and rounded once to the number format that W is
/// stored in. Use it from a platform thread.
public final class Merger {

  private final WeightFiles weights;
  private final Adapters adapters;

  private Merger(WeightFiles weights, Adapters adapters) {
    this.weights = weights;
    this.adapters = adapters;
  }

  /// Writes the copy, whole or not at all; see {@link CheckpointCopy}.
  ///
  /// @param target a folder that does not exist yet
  /// @throws UserException if the target exists, the source is not usable or quantised, or an
  ///   adapter is not one of this model
  /// @throws EnvironmentException if it cannot be written: disk full, no permission
  public static void write(
      Path source, Path target, List<AdapterChoice> choices, CheckpointCopy.Listener listener) {
    TorchRuntime.load();
    try (Checkpoint opened = Checkpoint.open(source)) {
      WeightFormat few = WeightFormat.stored(opened.config());
      if (few != null) {
        throw new UserException(
            Fault.of(
                    "%s has its weights in %s, whose steps are larger than most changes of an adapter."
                        .formatted(source, few))
                .in("model")
                .mend(
                    Remedy.plain("merge into the model that it was made of, then quantise that")));
      }
      CheckpointCopy copy = CheckpointCopy.of(opened, target, listener);
      try (Adapters adapters = Adapters.open(choices, TorchDevice.CPU, Dtype.FLOAT32)) {
        adapters.require(mergeable(opened.weights()));
        Map<String, TensorSource> tensors = new Merger(opened.weights(), adapters).tensors();
        copy.write(opened.config().json(), tensors);
      }
    }
  }

  /// Every matrix but the embedding. A head that is the embedding has no matrix of its own.
  private static Set<String> mergeable(WeightFiles weights) {
    Set<String> names = new TreeSet<>();
    for (String name : weights.names()) {
      if (TensorNames.isMatrixInBlock(name) || name.equals(TensorNames.HEAD)) {
        names.add(name);
      }
    }
    return names;
  }

  private Map<String, TensorSource> tensors() {
    Map<String, TensorSource> tensors = new TreeMap<>();
    for (String name : weights.names()) {
      TensorInfo info = weights.info(name);
      tensors.put(
          name,
          adapters.layers().contains(name)
              ? new TensorSource(info.dtype(), info.shape(), () -> merged(info))
              : weights.source(name));
    }
    return tensors;
  }

  private Tensor merged(TensorInfo info) {
    String name = info.name();
    Tensor plain = weights.get(name, info.sizes());
    long out = plain.size(0);
    long in = plain.size(1);
    List<LowRank> changes = adapters.changes(name, out, in);
    Tensor sum =
        torch.empty(
            new long[] {out, in},
            new TensorOptions(plain.scalar_type()),
            new MemoryFormatOptional());
    long rows = Math.max(1, Linears.WIDENED_AT_ONCE / in);
    for (long from = 0; from < out; from += rows) {
      long some = Math.min(rows, out - from);
      try (PointerScope piece = new PointerScope()) {
        Tensor wide = plain.narrow(0, from, some).to(ScalarType.Float);
        for (LowRank change : changes) {
          Tensor b = change.b().narrow(0, from, some);
          wide = wide.add(b.matmul(change.a()), new Scalar(change.scale()));
        }
        sum.narrow(0, from, some).copy_(wide);
      }
    }
    weights.unload(name);
    return FiniteNumbers.require(sum, "the sum of " + name + " and its changes");
  }
}
