package ai.dimoo.train.transformer;

import ai.dimoo.torch.ResultScope;
import ai.dimoo.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The objective of masked diffusion as the reference trains it: the mean cross-entropy over the
/// hidden targets of the whole batch (weighted, if examples have weights), logits in float32.
/// Gradients land in the weights.
public final class MaskedLoss {

  private MaskedLoss() {}

  /// The loss alone, without a backward pass: [] float32
  public static Tensor of(Transformer model, TokenBatch batch) {
    return of(model, batch, batch.weight());
  }

  private static Tensor of(Transformer model, TokenBatch batch, double whole) {
    return loss(model, model.hidden(batch.ids(), batch.attended()), batch, whole);
  }

  /// The loss, and its gradient added to the weights' gradients. The activations of every block are
  /// kept between the passes.
  public static Tensor backward(Transformer model, TokenBatch batch) {
    return backward(model, batch, batch.weight());
  }

  /// The same for a part of a batch: what it contributes to the mean over the whole.
  ///
  /// @param whole the weight of all labels of the whole batch
  public static Tensor backward(Transformer model, TokenBatch batch, double whole) {
    Tensor loss = of(model, batch, whole);
    loss.backward();
    return loss;
  }

  /// The same numbers, with only the blocks' inputs kept: each block is computed again when its
  /// gradient is due. (Chen et al., arXiv 1604.06174; by hand because the binding has no custom
  /// autograd functions.)
  public static Tensor backwardRecomputing(Transformer model, TokenBatch batch) {
    return backwardRecomputing(model, batch, batch.weight());
  }

  /// The same for a part of a batch.
  ///
  /// @param whole the weight of all labels of the whole batch
  public static Tensor backwardRecomputing(Transformer model, TokenBatch batch, double whole) {
    int layers = model.config().nLayers();
    Tensor embedded = model.embed(batch.ids());
    List<Tensor> inputs = new ArrayList<>();
    Tensor x = embedded.detach();
    try (AutoGradMode noGrad = new AutoGradMode(false)) {
      for (int i = 0; i < layers; i++) {
        int layer = i;
        Tensor input = x;
        inputs.add(input);
        x = ResultScope.of(() -> model.block(layer, input, batch.attended()));
      }
    }
    Tensor last = x.detach().requires_grad_(true);
    Tensor loss = loss(model, model.finish(last), batch, whole);
    loss.backward();
    Tensor gradient = last.grad();
    for (int i = layers - 1; i >= 0; i--) {
      int layer = i;
      gradient =
          ResultScope.consuming(
              gradient, output -> inputGradient(model, layer, inputs.get(layer), batch, output));
    }
    if (embedded.requires_grad()) { // not where the embedding is frozen
      backward(embedded, gradient);
    }
    return loss;
  }

  /// @param gradient of the block's output: [B, L, d]
  /// @return the gradient of its input: [B, L, d]
  private static Tensor inputGradient(
      Transformer model, int layer, Tensor x, TokenBatch batch, Tensor gradient) {
    Tensor input = x.detach().requires_grad_(true);
    backward(model.block(layer, input, batch.attended()), gradient);
    return input.grad().detach(); // grad() alone is a reference into the input
  }

  private static void backward(Tensor output, Tensor gradient) {
    output.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
  }

  private static Tensor loss(Transformer model, Tensor hidden, TokenBatch batch, double whole) {
    Tensor rows =
        hidden.reshape(-1, model.config().dModel()).index_select(0, batch.rows()); // [n, d]
    Tensor chosen =
        torch
            .log_softmax(model.logits(rows).to(ScalarType.Float), 1)
            .gather(1, batch.labels().unsqueeze(1))
            .squeeze(1); // [n]
    return chosen.mul(batch.weights()).sum().neg().div(new Scalar(whole));
  }
}
