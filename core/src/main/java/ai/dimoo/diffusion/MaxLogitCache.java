package ai.dimoo.diffusion;

import ai.dimoo.sequence.TokenIds;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.transformer.KeyValueCache;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// The max-logit cache (paper §5, reference `model/modeling_llada.py`): positions whose largest
/// logit is high hardly change from step to step, so most steps compute only those where it is low
/// and reuse the keys, values and logits of the others. One cache serves one sequence.
///
/// A position's confidence is its largest logit over the columns that the sampler reads: the image
/// codes, or for text the whole vocabulary (the reference caches image sampling only; over the
/// whole vocabulary the largest logit is that of the predicted token, as it is for image codes).
/// Every position has a confidence, the prompt's too, but logits are kept only where a sampler may
/// read them, in the answer.
///
/// Not thread-safe. Owns its tensors: close it when the run ends.
final class MaxLogitCache implements AutoCloseable {

  private static final int[] NONE = {};

  private final CacheSettings settings;
  private final int steps;
  private final Columns columns;
  private final int answerStart;
  private final KeyValueCache store = new KeyValueCache();
  private int[] computed = NONE; // by the present step; of the answer alone where it refreshes
  private @Nullable Tensor logits; // [L − answerStart, columns]
  private @Nullable Tensor confidence; // [L]

  /// @param steps of the whole run
  /// @param columns of the logits that a sampler reads
  /// @param answerStart first position whose logits a sampler may read
  MaxLogitCache(CacheSettings settings, int steps, Columns columns, int answerStart) {
    this.settings = settings;
    this.steps = steps;
    this.columns = columns;
    this.answerStart = answerStart;
  }

  /// What a step needs computed of the present sequence.
  SequenceInput input(TokenIds ids, int step) {
    if (confidence == null || settings.refreshes(step, steps)) {
      release();
      computed = IntStream.range(answerStart, ids.length()).toArray();
      int[] prompt = IntStream.range(0, answerStart).toArray();
      return new SequenceInput(ids, new Computation.All(store), computed, prompt, columns);
    }
    computed = TensorArrays.ints(leastConfident(confidence, settings.cacheRatio()).nonzero());
    return new SequenceInput(ids, new Computation.Some(store, computed), computed, NONE, columns);
  }

  /// Takes in what was computed.
  ///
  /// @param positions [n], none before the answer
  /// @return the logits there, fresh or stored: [n, columns]
  Tensor logits(int[] positions, SequenceOutput output) {
    Tensor fresh = output.logits();
    Tensor largest = ModelRunner.largest(fresh);
    if (logits == null || confidence == null) {
      logits = fresh.retainReference();
      confidence = torch.cat(new TensorVector(output.largest(), largest), 0).retainReference();
    } else {
      confidence.index_copy_(0, indices(computed), largest);
      int before = (int) Arrays.stream(computed).filter(p -> p < answerStart).count();
      int[] rows = Arrays.stream(computed).skip(before).map(p -> p - answerStart).toArray();
      logits.index_copy_(0, indices(rows), fresh.narrow(0, before, rows.length));
    }
    return logits.index_select(
        0, indices(Arrays.stream(positions).map(p -> p - answerStart).toArray()));
  }

  private Tensor indices(int[] positions) {
    return TensorArrays.int64(positions, confidence.device());
  }

  /// Which positions to compute: those whose confidence is at or below the (1 − cacheRatio)
  /// quantile, linearly interpolated.
  ///
  /// @param confidence [L] float32
  /// @return [L] bool, true at one position at least
  static Tensor leastConfident(Tensor confidence, double cacheRatio) {
    Tensor threshold =
        torch.quantile(confidence, 1 - cacheRatio, new LongOptional(), false, "linear");
    return confidence.le(threshold);
  }

  private void release() {
    if (logits != null && confidence != null) {
      logits.close();
      confidence.close();
      logits = null;
      confidence = null;
    }
  }

  @Override
  public void close() {
    release();
    store.close();
  }
}
