package ai.dimoo.diffusion;

import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRandom;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// How likely the model has found each decided token since it was decided, for {@link
/// SelfCorrection}: the mean over the steps of the softmax probability of what stands there.
///
/// Not thread-safe.
final class TokenTrust {

  private final double[] sums;
  private final int[] steps;

  /// @param length of the sequence
  TokenTrust(int length) {
    sums = new double[length];
    steps = new int[length];
  }

  /// Takes a step's view of the decided tokens in.
  ///
  /// @param guided [n, codebook] their guided logits
  /// @param positions [n] where they stand
  /// @param codes [n] what stands there
  void note(Tensor guided, int[] positions, int[] codes) {
    Tensor chosen = TensorArrays.int64(codes, guided.device()).unsqueeze(-1);
    double[] probabilities = TensorArrays.doubles(torch.softmax(guided, -1).gather(-1, chosen));
    for (int i = 0; i < positions.length; i++) {
      sums[positions[i]] += probabilities[i];
      steps[positions[i]]++;
    }
  }

  /// Chooses the tokens that were found least likely, and forgets what was noted of them.
  ///
  /// @param positions [n] of decided tokens, each noted once at least
  /// @param count how many at most: those strictly below the count-th, so that ties take fewer
  /// @param random of which the reference draws a number for each token, and uses none
  /// @return some of the positions
  int[] takeBack(int[] positions, int count, Noise noise, TorchRandom random, Tensor like) {
    noise.gumbel(random, like.device(), positions.length);
    float[] means = new float[positions.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[positions[i]] / steps[positions[i]]);
    }
    Tensor confidence =
        Tensor.create(means).to(ScalarType.Float).clamp_min(new Scalar(1e-20)).log();
    boolean[] least = MaskGitStep.leastConfident(confidence, count);
    int[] taken =
        IntStream.range(0, positions.length).filter(i -> least[i]).map(i -> positions[i]).toArray();
    for (int position : taken) {
      sums[position] = 0;
      steps[position] = 0;
    }
    return taken;
  }
}
