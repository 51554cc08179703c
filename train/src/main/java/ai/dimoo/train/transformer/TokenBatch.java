package ai.dimoo.train.transformer;

import ai.dimoo.train.source.TrainingExample;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Examples as tensors, padded on the right to equal length.
///
/// @param ids [B, L] int64
/// @param attended [B, L] bool, false at padding; null if nothing is padded
/// @param rows [n] int64, positions of the labels in the flattened batch
/// @param labels [n] int64
/// @param weights [n] float32, what each label counts in the loss
/// @param weight the sum of these
public record TokenBatch(
    Tensor ids,
    @Nullable Tensor attended,
    Tensor rows,
    Tensor labels,
    Tensor weights,
    double weight) {

  /// @param pad the id that fills up; nothing attends to it
  public static TokenBatch of(List<TrainingExample> examples, int pad, Device device) {
    int length = examples.stream().mapToInt(e -> e.ids().length).max().orElseThrow();
    long[] ids = new long[examples.size() * length];
    byte[] attended = new byte[ids.length];
    long[] rows = new long[ids.length];
    long[] labels = new long[ids.length];
    float[] weights = new float[ids.length];
    int labelled = 0;
    double sum = 0;
    Arrays.fill(ids, pad);
    boolean padded = false;
    for (int b = 0; b < examples.size(); b++) {
      TrainingExample example = examples.get(b);
      padded |= example.ids().length < length;
      for (int i = 0; i < example.ids().length; i++) {
        int at = b * length + i;
        ids[at] = example.ids()[i];
        attended[at] = 1;
        if (example.labels()[i] != TrainingExample.IGNORED) {
          rows[labelled] = at;
          weights[labelled] = example.weights()[i];
          sum += weights[labelled];
          labels[labelled++] = example.labels()[i];
        }
      }
    }
    TensorOptions int64 = new TensorOptions(ScalarType.Long);
    return new TokenBatch(
        torch.tensor(ids, int64).view(examples.size(), length).to(device, ScalarType.Long),
        padded
            ? torch
                .tensor(attended, new TensorOptions(ScalarType.Byte))
                .view(examples.size(), length)
                .to(device, ScalarType.Bool)
            : null,
        torch.tensor(Arrays.copyOf(rows, labelled), int64).to(device, ScalarType.Long),
        torch.tensor(Arrays.copyOf(labels, labelled), int64).to(device, ScalarType.Long),
        torch.tensor(Arrays.copyOf(weights, labelled)).to(device, ScalarType.Float),
        sum);
  }
}
