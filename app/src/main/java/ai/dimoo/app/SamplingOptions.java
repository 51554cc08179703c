package ai.dimoo.app;

import ai.dimoo.diffusion.Noise;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.Seeds;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a picture is sampled. An option that is not given is null, and the model's default holds.
final class SamplingOptions {

  @Option(
      names = "--timesteps",
      paramLabel = "N",
      description =
          "Denoising steps; more are slower and finer (default: the model's; 64 for Lumina-DiMOO).")
  @Nullable Integer timesteps;

  @Option(
      names = "--cfg-scale",
      paramLabel = "X",
      description =
          "How strongly the picture follows the text, 0 or more; 0 turns guidance off, which"
              + " saves a pass in each step (default: the model's; for Lumina-DiMOO 4.0, and 2.5 in"
              + " edit).")
  @Nullable Double cfgScale;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description =
          "Randomness of the choice of codes, 0 or more; 0 always takes the likeliest (default: the"
              + " model's; 1.0 for Lumina-DiMOO).")
  @Nullable Double temperature;

  @Option(
      names = "--noise",
      paramLabel = "MODE",
      description =
          "Random numbers: `reference` draws them as coarsely as the published code does in"
              + " bfloat16, `exact` in full precision (default: the model's; reference for"
              + " Lumina-DiMOO).")
  @Nullable String noise;

  @Option(
      names = "--remasking",
      paramLabel = "MODE",
      description =
          "Which predictions of a step are masked again: `low_confidence`, the least certain, or"
              + " `random`, any (default: the model's; low_confidence for Lumina-DiMOO).")
  @Nullable String remasking;

  /// The choices of these options and of the cache's, the given ones before those of `like`.
  ///
  /// @param seed null: as in `like`, or a new one
  /// @param like a picture to make again; null: what is not given is left to the model
  /// @param cfgImage guidance by input pictures; null: as in `like`, or left to the model
  Sampling sampling(
      @Nullable Long seed, CacheOptions cache, @Nullable Recipe like, @Nullable Double cfgImage) {
    Sampling base = like == null ? Sampling.DEFAULT : Sampling.of(like.settings());
    return new Sampling(
        timesteps == null ? base.timesteps() : timesteps,
        cfgScale == null ? base.cfgScale() : cfgScale,
        cfgImage == null ? base.cfgImage() : cfgImage,
        temperature == null ? base.temperature() : temperature,
        noise == null ? base.noise() : Noise.named(noise),
        remasking == null ? base.remasking() : Remasking.named(remasking),
        Seeds.orRandom(seed == null ? base.seed() : seed),
        cache.settings(base.cache()));
  }
}
