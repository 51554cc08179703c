package ai.dimoo.diffusion;

import ai.dimoo.diffusion.MaskPredictor.StoredSequence;
import ai.dimoo.torch.TensorArrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
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

  /// Rows of the prompt whose logits are computed at once, of which only the maximum is kept.
  private static final int ROWS_AT_ONCE = 256;

  private final CacheSettings settings;
  private final int steps;
  private final MaskPredictor predictor;
  private final StoredSequence store;
  private final Columns columns;
  private final int answerStart;
  private @Nullable Tensor logits; // [L − answerStart, columns]
  private @Nullable Tensor confidence; // [L]
  private int[] computed = {};

  /// The tokens whose logits a sampler reads: from … to − 1.
  record Columns(int from, int to) {}

  /// @param steps of the whole run
  /// @param answerStart first position whose logits a sampler may read
  MaxLogitCache(
      CacheSettings settings,
      int steps,
      MaskPredictor predictor,
      Columns columns,
      int answerStart) {
    this.settings = settings;
    this.steps = steps;
    this.predictor = predictor;
    this.store = predictor.newStore();
    this.columns = columns;
    this.answerStart = answerStart;
  }

  /// The logits at some positions of the answer.
  ///
  /// @param ids [L] int64, the present sequence
  /// @param positions [n] int64, none before the answer
  /// @return [n, columns]
  Tensor logits(Tensor ids, Tensor positions, int step) {
    if (logits == null || confidence == null || settings.refreshes(step, steps)) {
      refresh(ids);
    } else {
      recompute(ids, logits, confidence);
    }
    return logits.index_select(0, positions.sub(new Scalar(answerStart)));
  }

  /// The positions that the last step computed, ascending.
  int[] computed() {
    return computed;
  }

  private void refresh(Tensor ids) {
    Tensor hidden = store.hidden(ids); // [L, d]
    long length = hidden.size(0);
    TensorVector largest = new TensorVector();
    for (long row = 0; row < answerStart; row += ROWS_AT_ONCE) {
      try (PointerScope scope = new PointerScope()) {
        long rows = Math.min(ROWS_AT_ONCE, answerStart - row);
        largest.push_back(largest(rowLogits(hidden.narrow(0, row, rows))));
      }
    }
    Tensor answer = rowLogits(hidden.narrow(0, answerStart, length - answerStart));
    largest.push_back(largest(answer));
    release();
    logits = answer.retainReference();
    confidence = torch.cat(largest, 0).retainReference();
    computed = IntStream.range(0, (int) length).toArray();
  }

  private void recompute(Tensor ids, Tensor logits, Tensor confidence) {
    Tensor positions = leastConfident(confidence, settings.cacheRatio()).nonzero().squeeze(1);
    Tensor fresh = rowLogits(store.hiddenAt(ids.index_select(0, positions), positions));
    confidence.index_copy_(0, positions, largest(fresh));
    Tensor inAnswer = positions.ge(new Scalar(answerStart)).nonzero().squeeze(1);
    Tensor rows = positions.index_select(0, inAnswer).sub(new Scalar(answerStart));
    logits.index_copy_(0, rows, fresh.index_select(0, inAnswer));
    computed = TensorArrays.ints(positions);
  }

  private Tensor rowLogits(Tensor hidden) {
    return predictor.logits(hidden, columns.from(), columns.to());
  }

  private static Tensor largest(Tensor logits) {
    return logits.amax(new long[] {-1}, false).to(ScalarType.Float);
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
