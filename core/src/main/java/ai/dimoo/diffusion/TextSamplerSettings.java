package ai.dimoo.diffusion;

import ai.dimoo.error.UserException;
import org.jspecify.annotations.Nullable;

/// How an answer is decoded. Immutable.
///
/// @param steps number of steps, a multiple of the number of blocks
/// @param genLength tokens of the answer, a multiple of `blockLength`
/// @param blockLength tokens of a block; blocks are decoded from left to right
/// @param temperature 0 takes the likeliest token
/// @param cfgScale guidance by the prompt, 0 for none
/// @param remasking which predictions are kept
/// @param seed any number; one seed gives one answer
/// @param stopAtAnswerEnd whether to stop as soon as nothing more can change what stands before
///   `</answer>`; the reference goes on to the end of the block
/// @param cache null: every step computes every position
public record TextSamplerSettings(
    int steps,
    int genLength,
    int blockLength,
    double temperature,
    double cfgScale,
    Remasking remasking,
    long seed,
    boolean stopAtAnswerEnd,
    @Nullable CacheSettings cache) {

  /// @throws UserException if a value is out of range or the lengths do not fit together
  public TextSamplerSettings {
    SettingsChecks.atLeast(1, genLength, "generation length");
    SettingsChecks.atLeast(1, blockLength, "block length");
    SettingsChecks.atLeast(1, steps, "number of steps");
    SettingsChecks.atLeast(0.0, temperature, "temperature");
    SettingsChecks.atLeast(0.0, cfgScale, "cfg scale");
    if (genLength % blockLength != 0) {
      throw new UserException(
          "The generation length %d is not a multiple of the block length %d; choose a block length"
                  .formatted(genLength, blockLength)
              + " that divides it.");
    }
    int blocks = genLength / blockLength;
    if (steps % blocks != 0) {
      throw new UserException(
          "%d steps cannot be spread over the %d blocks of %d tokens; choose a multiple of %d."
              .formatted(steps, blocks, blockLength, blocks));
    }
  }

  int blocks() {
    return genLength / blockLength;
  }

  int stepsPerBlock() {
    return steps / blocks();
  }
}
