package ai.dimoo.train.transformer;

import ai.dimoo.transformer.Transformer;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// What a model ought to predict for the n hidden tokens of a batch.
sealed interface Targets {

  /// What each counts: [n] float32
  Tensor weights();

  /// The same for some of them.
  Targets some(long from, long count);

  /// How far each prediction is from what it ought to be, in nats: [n]
  ///
  /// @param predicted logarithms of probabilities: [n, V] float32
  Tensor distances(Tensor predicted);

  /// The tokens that are hidden.
  static Targets of(TokenBatch batch) {
    return new Labels(batch.labels(), batch.weights());
  }

  /// What another model predicts.
  static Targets of(TokenBatch batch, Transformer teacher) {
    try (AutoGradMode noGradient = new AutoGradMode(false)) {
      Tensor hidden = teacher.hidden(batch.ids(), batch.attended());
      return new Predictions(teacher, MaskedLoss.rows(teacher, hidden, batch), batch.weights());
    }
  }

  /// Cross-entropy.
  ///
  /// @param labels [n] int64
  record Labels(Tensor labels, Tensor weights) implements Targets {

    @Override
    public Targets some(long from, long count) {
      return new Labels(labels.narrow(0, from, count), weights.narrow(0, from, count));
    }

    @Override
    public Tensor distances(Tensor predicted) {
      return predicted.gather(1, labels.unsqueeze(1)).squeeze(1).neg();
    }
  }

  /// Kullback-Leibler divergence: Σ p·(log p − log q) over the vocabulary, p the teacher's.
  ///
  /// @param rows the teacher's hidden states: [n, d]
  record Predictions(Transformer teacher, Tensor rows, Tensor weights) implements Targets {

    private static final long EACH = 0; // LibTorch's number for: no reduction

    @Override
    public Targets some(long from, long count) {
      return new Predictions(teacher, rows.narrow(0, from, count), weights.narrow(0, from, count));
    }

    @Override
    public Tensor distances(Tensor predicted) {
      // the teacher's rows have no gradient, and neither have its weights
      Tensor wanted = torch.log_softmax(teacher.logits(rows).to(ScalarType.Float), 1); // [n, V]
      return torch.kl_div(predicted, wanted, EACH, true).sum(new long[] {1});
    }
  }
}
