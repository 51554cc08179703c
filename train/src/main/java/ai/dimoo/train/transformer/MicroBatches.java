package ai.dimoo.train.transformer;

import ai.dimoo.train.source.TrainingExample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Divides the examples of a step into batches of similar length, whose gradients are added up, so
/// that little is computed for padding: a step of short and long sequences would else cost as if
/// all were long.
public final class MicroBatches {

  /// What one more micro-batch costs, in tokens of padding that one may have instead: each casts
  /// the gradients of all weights once more.
  private static final int OVERHEAD = 500;

  private MicroBatches() {}

  /// The cheapest division, shortest sequences first.
  ///
  /// @param most tokens of one micro-batch, padding included, unless a single sequence has more:
  ///   bounds the memory of the activations
  public static List<List<TrainingExample>> of(List<TrainingExample> examples, int most) {
    List<TrainingExample> sorted =
        examples.stream().sorted(Comparator.comparingInt(e -> e.ids().length)).toList();
    int n = sorted.size();
    long[] cost = new long[n + 1]; // of the first i examples
    int[] begin = new int[n + 1]; // of the last micro-batch of these
    for (int end = 1; end <= n; end++) {
      long length = sorted.get(end - 1).ids().length;
      cost[end] = Long.MAX_VALUE;
      for (int from = end - 1; from >= 0; from--) {
        long padded = (end - from) * length;
        if (padded > most && from < end - 1) {
          break;
        }
        long all = cost[from] + padded + OVERHEAD;
        if (all < cost[end]) {
          cost[end] = all;
          begin[end] = from;
        }
      }
    }
    List<List<TrainingExample>> batches = new ArrayList<>();
    for (int end = n; end > 0; end = begin[end]) {
      batches.addFirst(sorted.subList(begin[end], end));
    }
    return batches;
  }
}
