package ai.dimoo.diffusion;

import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRandom;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// One step of the text sampler, for the masked positions of a block: predict a token for each and
/// keep the most confident predictions (reference `generators/text_understanding_generator.py`).
///
/// @param predicted [n] the token predicted for each masked position
/// @param kept positions in the sequence whose prediction is kept
record TextStep(int[] predicted, int[] kept) {

  /// @param guided [n, vocabulary] guided logits
  /// @param masked [n] where they stand in the sequence
  /// @param keep how many predictions to keep at least
  /// @param progress share of the block's steps that are taken, 0..1
  static TextStep choose(
      Tensor guided,
      int[] masked,
      int length,
      int keep,
      double progress,
      TextSamplerSettings settings,
      TorchRandom random) {
    Tensor predicted =
        settings.temperature() == 0
            ? torch.argmax(guided, new LongOptional(-1), false)
            : sample(guided, masked, length, settings.temperature(), random);
    Tensor positions = TensorArrays.int64(masked, guided.device());
    Tensor confidence =
        switch (settings.remasking()) {
          case LOW_CONFIDENCE ->
              torch
                  .softmax(guided.to(ScalarType.Double), -1)
                  .gather(-1, predicted.unsqueeze(-1))
                  .squeeze(-1);
          case RANDOM ->
              random
                  .uniform(ScalarType.Float, length)
                  .to(guided.device(), ScalarType.Float)
                  .index_select(0, positions);
        };
    Tensor everywhere = // −∞ where nothing is to be decided
        torch
            .full(
                new long[] {length},
                new Scalar(Double.NEGATIVE_INFINITY),
                new TensorOptions(confidence.scalar_type()))
            .to(guided.device(), confidence.scalar_type());
    everywhere.index_copy_(0, positions, confidence);
    int more = settings.earlyCommit() && isSettled(guided, progress) ? masked.length : keep;
    if (settings.confidence() > 0) {
      more = Math.max(more, confidence.ge(new Scalar(settings.confidence())).sum().item_int());
    }
    Tensor kept = torch.topk(everywhere, Math.min(more, masked.length)).get1();
    return new TextStep(TensorArrays.ints(predicted), TensorArrays.ints(kept));
  }

  /// Whether the predictions are so clear that they would hardly change: the mean gap between the
  /// two largest logits (Prophet, github pixeli99/Prophet).
  private static boolean isSettled(Tensor guided, double progress) {
    Tensor two = torch.topk(guided.to(ScalarType.Float), 2).get0(); // [n, 2]
    double gap = two.select(1, 0).sub(two.select(1, 1)).mean().item_double();
    return gap >= (progress < 1 / 3.0 ? 7.5 : progress < 2 / 3.0 ? 5.0 : 2.5);
  }

  /// Draws the random numbers of a step that has nothing to decide, so that those of later steps
  /// are the reference's, and computes nothing.
  static void pass(int length, int vocabulary, TextSamplerSettings settings, TorchRandom random) {
    if (settings.temperature() != 0) {
      uniformRows(random, new int[0], length, vocabulary);
    }
    if (settings.remasking() == Remasking.RANDOM) {
      random.uniform(ScalarType.Float, length);
    }
  }

  /// The largest exp(logit) / (−log u)^temperature, in float64: the Gumbel-max choice.
  private static Tensor sample(
      Tensor logits, int[] masked, int length, double temperature, TorchRandom random) {
    Tensor noise =
        torch
            .cat(uniformRows(random, masked, length, logits.size(1)), 0)
            .to(logits.device(), ScalarType.Double)
            .log_()
            .neg_()
            .pow_(new Scalar(temperature));
    Tensor scores = logits.to(ScalarType.Double).exp().div_(noise);
    return torch.argmax(scores, new LongOptional(-1), false);
  }

  /// Uniform numbers for some rows. The reference draws [length, vocabulary] at every step; so do
  /// we, row by row, and keep the rows that are read, which for the published vocabulary saves a
  /// gigabyte.
  ///
  /// @param rows ascending
  private static TensorVector uniformRows(
      TorchRandom random, int[] rows, int length, long vocabulary) {
    TensorVector kept = new TensorVector();
    int next = 0;
    for (int row = 0; row < length; row++) {
      Tensor uniform = random.uniform(ScalarType.Double, 1, vocabulary);
      if (next < rows.length && rows[next] == row) {
        kept.push_back(uniform);
        next++;
      }
      uniform.close();
    }
    return kept;
  }
}
