package ai.dimoo.train.transformer;

import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.torch.ResultScope;
import ai.dimoo.train.optim.GradientBuckets;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// The objective of masked diffusion as the reference trains it: the mean cross-entropy over the
/// hidden targets of the whole batch (weighted, if examples have weights), logits in float32. Or,
/// where a teacher is given, how far the predictions for those targets are from the teacher's: the
/// mean Kullback-Leibler divergence in nats. Gradients land in the weights.
public final class MaskedLoss {

  /// Logits that are in memory at once: those of so many hidden targets as fit, at least one. They
  /// are held as often as [#LOGITS].
  public static final long MOST_LOGITS = 1L << 26;

  /// How many tensors of the size of the logits, in float32, live at once: the logits, their
  /// logarithms, and the gradients of both.
  public static final int LOGITS = 4;

  /// The same of a teacher: its logits, their logarithms, and the divergences.
  public static final int LOGITS_OF_A_TEACHER = 3;

  private MaskedLoss() {}

  /// The loss alone, without a backward pass: [] float32
  public static Tensor of(Transformer model, TokenBatch batch) {
    return of(model, batch, batch.weight());
  }

  private static Tensor of(Transformer model, TokenBatch batch, double whole) {
    Tensor hidden = model.hidden(batch.ids(), batch.attended());
    return loss(model, rows(model, hidden, batch), Targets.of(batch), whole);
  }

  /// The loss, and its gradient added to the weights' gradients. The activations of every block are
  /// kept between the passes.
  public static Tensor backward(Transformer model, TokenBatch batch) {
    return backward(model, null, batch, batch.weight(), false, GradientBuckets.NONE);
  }

  /// The same numbers, with only the blocks' inputs kept: each block is computed again when its
  /// gradient is due. (Chen et al., arXiv 1604.06174; by hand because the binding has no custom
  /// autograd functions.)
  public static Tensor backwardRecomputing(Transformer model, TokenBatch batch) {
    return backward(model, null, batch, batch.weight(), true, GradientBuckets.NONE);
  }

  /// The same for a part of a batch: what it contributes to the mean over the whole. The backward
  /// pass goes block by block, each of which is a bucket.
  ///
  /// @param teacher whose predictions are the targets; null: the batch's labels are
  /// @param whole the weight of all labels of the whole batch
  /// @param recompute whether only the blocks' inputs are kept between the passes
  /// @param buckets get the gradients: of the final norm and the head, of each block from the last
  ///   on, of the embedding
  public static Tensor backward(
      Transformer model,
      @Nullable Transformer teacher,
      TokenBatch batch,
      double whole,
      boolean recompute,
      GradientBuckets buckets) {
    Targets targets = teacher == null ? Targets.of(batch) : Targets.of(batch, teacher);
    Tensor embedded = model.embed(batch.ids());
    List<Tensor> inputs = new ArrayList<>();
    List<Tensor> outputs = new ArrayList<>(); // none where blocks are computed again
    Tensor x = embedded;
    try (AutoGradMode grad = new AutoGradMode(!recompute)) {
      for (int i = 0; i < model.config().nLayers(); i++) {
        int layer = i;
        Tensor input = x.detach().requires_grad_(true);
        inputs.add(input);
        if (recompute && layer > 0) {
          x.close(); // its storage lives on in the input
        }
        x = ResultScope.of(() -> model.block(layer, input, batch.attended()));
        if (!recompute) {
          outputs.add(x);
        }
      }
    }
    Tensor last = x.detach().requires_grad_(true);
    Tensor hidden = model.finish(last);
    Tensor loss = torch.zeros(new long[0], batch.weights().options());
    buckets.gather(
        ofHead(model.config()),
        () -> loss.add_(backward(model, rows(model, hidden, batch), targets, whole, MOST_LOGITS)));
    Tensor gradient = last.grad().detach();
    for (int i = inputs.size() - 1; i >= 0; i--) {
      int layer = i;
      Tensor input = inputs.get(i);
      Supplier<Tensor> output =
          recompute ? () -> model.block(layer, input, batch.attended()) : () -> outputs.get(layer);
      gradient =
          ResultScope.consuming(
              gradient,
              ofOutput -> {
                buckets.gather(ofBlock(layer), () -> backward(output.get(), ofOutput));
                return takeGradient(input);
              });
    }
    if (embedded.requires_grad()) { // not where the embedding is frozen
      Tensor ofEmbedded = gradient;
      buckets.gather(TensorNames.EMBEDDING::equals, () -> backward(embedded, ofEmbedded));
    }
    return loss;
  }

  /// What a rank does that has no examples left where others have: it takes part in their sums.
  public static void backwardOfNothing(TransformerConfig config, GradientBuckets buckets) {
    buckets.gather(ofHead(config), () -> {});
    for (int i = config.nLayers() - 1; i >= 0; i--) {
      buckets.gather(ofBlock(i), () -> {});
    }
    buckets.gather(TensorNames.EMBEDDING::equals, () -> {});
  }

  private static Predicate<String> ofHead(TransformerConfig config) {
    String head = config.weightTying() ? TensorNames.EMBEDDING : TensorNames.HEAD;
    return name -> name.equals(TensorNames.FINAL_NORM) || name.equals(head);
  }

  private static Predicate<String> ofBlock(int block) {
    return name -> TensorNames.isOfBlock(block, name);
  }

  /// The gradient of a block's input, which forgets it: [B, L, d]
  private static Tensor takeGradient(Tensor input) {
    Tensor gradient = input.grad().detach(); // grad() alone is a reference into the input
    input.mutable_grad().reset();
    return gradient;
  }

  private static void backward(Tensor output, Tensor gradient) {
    output.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
  }

  /// From the last hidden states on: the logits of some targets at a time, since those of all may
  /// take more memory than the rest of the model.
  ///
  /// @param rows the hidden states of the targets: [n, d]
  /// @param mostLogits that are in memory at once
  /// @return the loss: [], without a gradient
  static Tensor backward(
      Transformer model, Tensor rows, Targets targets, double whole, long mostLogits) {
    long n = rows.size(0);
    long some = Math.max(1, mostLogits / model.config().vocabSize());
    if (some >= n) {
      Tensor loss = loss(model, rows, targets, whole);
      loss.backward();
      return loss.detach();
    }
    Tensor leaf = rows.detach().requires_grad_(true);
    Tensor sum = torch.zeros(new long[0], targets.weights().options());
    for (long from = 0; from < n; from += some) {
      long count = Math.min(some, n - from);
      try (PointerScope scope = new PointerScope()) {
        Tensor loss = loss(model, leaf.narrow(0, from, count), targets.some(from, count), whole);
        loss.backward();
        sum.add_(loss.detach());
      }
    }
    if (rows.requires_grad()) {
      backward(rows, leaf.grad());
    }
    return sum;
  }

  /// The hidden states of the targets: [B, L, d] → [n, d]
  static Tensor rows(Transformer model, Tensor hidden, TokenBatch batch) {
    return hidden.reshape(-1, model.config().dModel()).index_select(0, batch.rows());
  }

  /// @param rows [n, d]
  private static Tensor loss(Transformer model, Tensor rows, Targets targets, double whole) {
    Tensor predicted = torch.log_softmax(model.logits(rows).to(ScalarType.Float), 1); // [n, V]
    return targets.distances(predicted).mul(targets.weights()).sum().div(new Scalar(whole));
  }
}
