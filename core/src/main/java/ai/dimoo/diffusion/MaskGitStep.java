package ai.dimoo.diffusion;

import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRandom;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// One step of MaskGIT's parallel decoding, for the positions that are masked: choose a code for
/// each, then take back the least confident choices (arXiv 2202.04200, §3.2; reference
/// `generators/image_generation_generator.py`).
///
/// @param codes [n] the codes chosen
/// @param remasked [n] true where the position stays masked after all
record MaskGitStep(int[] codes, boolean[] remasked) {

  /// @param guided [n, codebook] guided logits, n at least 1
  /// @param keepMasked how many positions the schedule wants masked after this step
  /// @param settings whose temperature scales the noise of both choices; unlike in MaskGIT it does
  ///   not fall
  static MaskGitStep choose(
      Tensor guided, int keepMasked, ImageSamplerSettings settings, TorchRandom random) {
    Tensor codes = codes(guided, settings, random);
    return new MaskGitStep(
        TensorArrays.ints(codes), remasked(guided, codes, keepMasked, settings, random));
  }

  /// The first half: a code for each position.
  ///
  /// @return [n] int64
  static Tensor codes(Tensor guided, ImageSamplerSettings settings, TorchRandom random) {
    return chooseCodes(guided, settings.temperature(), settings.noise(), random);
  }

  /// The second half: which positions stay masked after all.
  ///
  /// @param codes [n] the choice
  /// @return [n]
  static boolean[] remasked(
      Tensor guided,
      Tensor codes,
      int keepMasked,
      ImageSamplerSettings settings,
      TorchRandom random) {
    // drawn at temperature 0 too, as the reference does
    Tensor gumbel = settings.noise().gumbel(random, guided.device(), guided.size(0));
    Tensor confidence =
        switch (settings.remasking()) {
          case LOW_CONFIDENCE ->
              logProbability(guided, codes).add(gumbel.mul(new Scalar(settings.temperature())));
          case RANDOM -> gumbel;
        };
    return settings.fullSteps() > 0
        ? exactly(confidence, keepMasked)
        : leastConfident(confidence, keepMasked);
  }

  private static Tensor logProbability(Tensor guided, Tensor codes) {
    Tensor probability = torch.softmax(guided, -1).gather(-1, codes.unsqueeze(-1)).squeeze(-1);
    return probability.clamp_min(new Scalar(1e-20)).log(); // [n]
  }

  /// Gumbel-max: a sample of softmax(logits / temperature), or the likeliest code at 0.
  private static Tensor chooseCodes(
      Tensor logits, double temperature, Noise noise, TorchRandom random) {
    Tensor scores = logits;
    if (temperature > 0) {
      Tensor gumbel = noise.gumbel(random, logits.device(), logits.size(0), logits.size(1));
      scores = logits.div(new Scalar(temperature)).add(gumbel);
    }
    return torch.argmax(scores, new LongOptional(-1), false);
  }

  /// True where the confidence is less than that of the keepMasked-th (from 0) in ascending order,
  /// so that equal ones at the border are all kept, and one token at least is decided.
  ///
  /// @param confidence [n]
  static boolean[] leastConfident(Tensor confidence, int keepMasked) {
    long n = confidence.size(0);
    long border = Math.clamp(keepMasked, 0, n - 1);
    Tensor cutoff = torch.sort(confidence, -1, false).get0().narrow(0, border, 1);
    int[] less = TensorArrays.ints(confidence.lt(cutoff));
    boolean[] remasked = new boolean[less.length];
    for (int i = 0; i < less.length; i++) {
      remasked[i] = less[i] != 0;
    }
    return remasked;
  }

  /// True where the confidence is among the keepMasked smallest: exactly so many, as the sampler of
  /// the shortcut network has it (MIGM-Shortcut, `generators/image_generation_generator.py`).
  ///
  /// @param confidence [n]
  static boolean[] exactly(Tensor confidence, int keepMasked) {
    int n = (int) confidence.size(0);
    boolean[] least = new boolean[n];
    if (keepMasked == 0) {
      return least;
    }
    Tensor smallest = torch.topk(confidence, Math.min(keepMasked, n), -1, false, true).get1();
    for (int position : TensorArrays.ints(smallest)) {
      least[position] = true;
    }
    return least;
  }
}
