package ai.dimoo.train.optim;

import ai.dimoo.train.parallel.Ranks;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// AdamW (Loshchilov and Hutter, arXiv 1711.05101) over all parameters at once, after the gradient
/// has been clipped to a norm. Where several ranks train, each keeps the moments of its shard of
/// the weights, moves this, and is told the others'.
///
/// Not thread-safe. Owns its moments: close it when training ends.
public final class AdamW implements AutoCloseable {

  /// @param beta1 decay of the gradient's mean
  /// @param beta2 decay of the gradient's mean square
  /// @param eps added to the root of the mean square
  /// @param weightDecay share of a weight that is taken off per unit of learning rate
  /// @param clipNorm largest L2 norm of the whole gradient
  public record Settings(
      double beta1, double beta2, double eps, double weightDecay, double clipNorm) {

    /// The reference's training script: β 0.9 and 0.95, decay 0.1, norm 4.
    public static final Settings REFERENCE = new Settings(0.9, 0.95, 1e-8, 0.1, 4.0);
  }

  private final Parameters parameters;
  private final Settings settings;
  private final Shard mean;
  private final Shard meanSquare;
  private long steps;

  /// Begins with moments of zero.
  ///
  /// @param parameters what is trained; they stay the caller's to close
  public AdamW(Parameters parameters, Settings settings) {
    this.parameters = parameters;
    this.settings = settings;
    mean = Shard.zeros(parameters);
    meanSquare = Shard.zeros(parameters);
  }

  /// Moves the weights against their gradients, which are those of all ranks' examples already, and
  /// forgets the gradients. All ranks step at once.
  ///
  /// @return the gradient's L2 norm before clipping
  public double step(double learningRate) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      steps++;
      Ranks ranks = parameters.ranks();
      Tensor gradient = parameters.gradients().numbers(); // [count / ranks]
      // in float64: one float32 sum over millions of small squares loses digits
      ScalarOptional two = new ScalarOptional(new Scalar(2));
      double norm = ranks.norm(torch.norm(gradient, two, ScalarType.Double).item_double());
      // the same 1e-6 as torch.nn.utils.clip_grad_norm_
      gradient.mul_(new Scalar(Math.min(1, settings.clipNorm() / (norm + 1e-6))));

      mean.numbers().lerp_(gradient, new Scalar(1 - settings.beta1()));
      meanSquare
          .numbers()
          .mul_(new Scalar(settings.beta2()))
          .addcmul_(gradient, gradient, new Scalar(1 - settings.beta2()));
      double correction1 = 1 - Math.pow(settings.beta1(), steps);
      double correction2 = 1 - Math.pow(settings.beta2(), steps);
      Tensor denominator =
          meanSquare
              .numbers()
              .sqrt()
              .div_(new Scalar(Math.sqrt(correction2)))
              .add_(new Scalar(settings.eps()));

      Tensor values = ranks.part(parameters.values());
      values.mul_(new Scalar(1 - learningRate * settings.weightDecay()));
      values.addcdiv_(mean.numbers(), denominator, new Scalar(-learningRate / correction1));
      ranks.gather(parameters.values());
      parameters.zeroGradients();
      return norm;
    }
  }

  /// How many steps were taken.
  public long steps() {
    return steps;
  }

  /// The gradient's running mean.
  public Shard mean() {
    return mean;
  }

  /// The gradient's running mean square.
  public Shard meanSquare() {
    return meanSquare;
  }

  /// Goes on after this many steps; the moments are restored by copying into them.
  public void resumeAt(long steps) {
    this.steps = steps;
  }

  @Override
  public void close() {
    mean.close();
    meanSquare.close();
  }
}
