package ai.dimoo.request;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.error.UserException;
import org.jspecify.annotations.Nullable;

/// What a question says of how its answer is sampled; null leaves a choice to the model, see {@link
/// ai.dimoo.ModelDefaults}. Where only some of the three lengths are given, the others follow:
/// blocks no longer than the answer, and as many tokens a step as the model's defaults have.
/// Immutable.
///
/// @param steps denoising steps for the whole answer, a multiple of the number of blocks
/// @param genLength room for the answer in tokens, a multiple of `blockLength`
/// @param blockLength tokens of a block
/// @param temperature 0 takes the likeliest token
/// @param cfgScale guidance by the prompt, 0 for none
/// @param remasking which predictions are kept
/// @param seed any number; one seed gives one answer. Null: a new one each time
/// @param cache the max-logit cache; null: none
public record TextSampling(
    @Nullable Integer steps,
    @Nullable Integer genLength,
    @Nullable Integer blockLength,
    @Nullable Double temperature,
    @Nullable Double cfgScale,
    @Nullable Remasking remasking,
    @Nullable Long seed,
    @Nullable CacheSettings cache) {

  /// All is left to the model, and the seed to chance.
  public static final TextSampling DEFAULT =
      new TextSampling(null, null, null, null, null, null, null, null);

  /// @throws UserException if a value is out of range, or the lengths that are given do not fit
  ///   together
  public TextSampling {
    int length = genLength != null ? genLength : blockLength != null ? Math.max(1, blockLength) : 1;
    int block = blockLength != null ? blockLength : length;
    new TextSamplerSettings(
        steps != null ? steps : length,
        length,
        block,
        temperature != null ? temperature : 0,
        cfgScale != null ? cfgScale : 0,
        remasking != null ? remasking : Remasking.LOW_CONFIDENCE,
        0,
        true,
        cache);
  }

  /// The same with room for at most so many tokens: for callers who know a limit but no blocks. The
  /// length is rounded down to whole blocks, of which the first may be shortened instead.
  ///
  /// @param tokens at least 1
  /// @param usual the model's, for lengths that are null here
  /// @throws UserException if there is no room for a token, or the steps do not fit the new length
  public TextSampling atMost(int tokens, TextSamplerSettings usual) {
    if (tokens < 1) {
      throw new UserException(
          "An answer of at most %d tokens is none: allow at least 1.".formatted(tokens));
    }
    int length = genLength == null ? usual.genLength() : genLength;
    if (tokens >= length) {
      return this;
    }
    int block = blockLength == null ? usual.blockLength() : blockLength;
    int shorter = Math.min(block, tokens);
    return new TextSampling(
        steps, tokens / shorter * shorter, shorter, temperature, cfgScale, remasking, seed, cache);
  }

  /// The same with another randomness.
  ///
  /// @param temperature 0 takes the likeliest token; null leaves it to the model
  /// @throws UserException if it is negative or no number
  public TextSampling withTemperature(@Nullable Double temperature) {
    return new TextSampling(
        steps, genLength, blockLength, temperature, cfgScale, remasking, seed, cache);
  }

  /// The settings to sample with.
  ///
  /// @param defaults for what is null here
  /// @throws UserException if the lengths do not fit those of the model
  public TextSamplerSettings resolve(TextSamplerSettings defaults) {
    int length = genLength == null ? defaults.genLength() : genLength;
    int block = blockLength == null ? Math.min(defaults.blockLength(), length) : blockLength;
    return new TextSamplerSettings(
        steps == null ? stepsFor(length, block, defaults) : steps,
        length,
        block,
        temperature == null ? defaults.temperature() : temperature,
        cfgScale == null ? defaults.cfgScale() : cfgScale,
        remasking == null ? defaults.remasking() : remasking,
        Seeds.orRandom(seed),
        true,
        cache);
  }

  /// One forward pass for one token.
  public TextSamplerSettings resolveOneToken(TextSamplerSettings defaults) {
    TextSampling oneToken = new TextSampling(1, 1, 1, temperature, cfgScale, remasking, seed, null);
    return oneToken.resolve(defaults);
  }

  private static int stepsFor(int length, int block, TextSamplerSettings defaults) {
    double stepsPerToken = (double) defaults.steps() / defaults.genLength();
    return length / block * (int) Math.max(1, Math.rint(block * stepsPerToken));
  }
}
