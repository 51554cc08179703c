package ai.dimoo.train.metrics;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The Inception score (arXiv 1606.03498): exp of the mean KL divergence of a picture's class
/// probabilities from those of all, over consecutive splits of the pictures.
///
/// @param mean over the splits
/// @param standardDeviation over the splits, of the population (divided by their number)
public record InceptionScore(double mean, double standardDeviation) {

  /// @param logits [n, classes] class logits
  /// @param splits how many; n / splits pictures each, rounded as evenly as possible
  public static InceptionScore of(Tensor logits, int splits) {
    long n = logits.size(0);
    double[] scores =
        IntStream.range(0, splits)
            .mapToDouble(i -> score(logits, i * n / splits, (i + 1) * n / splits))
            .toArray();
    double mean = IntStream.range(0, splits).mapToDouble(i -> scores[i]).average().orElseThrow();
    double variance =
        IntStream.range(0, splits)
            .mapToDouble(i -> (scores[i] - mean) * (scores[i] - mean))
            .average()
            .orElseThrow();
    return new InceptionScore(mean, Math.sqrt(variance));
  }

  private static double score(Tensor logits, long from, long to) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradient = new AutoGradMode(false)) {
      Tensor part = logits.narrow(0, from, to - from).to(ScalarType.Double);
      Tensor p = torch.softmax(part, 1);
      Scalar n = new Scalar((double) (to - from));
      Tensor marginal = p.sum(0).div(n); // [classes]
      // a class whose probability underflowed to zero contributes nothing
      Tensor divergence = torch.xlogy(p, p).sub(torch.xlogy(p, marginal));
      return Math.exp(divergence.sum().div(n).item_double());
    }
  }
}
