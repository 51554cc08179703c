package ai.dimoo.diffusion;

import ai.dimoo.error.Fault;
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
    SettingsChecks.atLeast(1, genLength, "gen_length");
    SettingsChecks.atLeast(1, blockLength, "block_length");
    SettingsChecks.atLeast(1, steps, "steps");
    SettingsChecks.notNegative(temperature, "temperature");
    SettingsChecks.notNegative(cfgScale, "cfg_scale");
    if (genLength % blockLength != 0) {
      throw new UserException(
          Fault.value("gen_length", genLength, "a multiple of the block length " + blockLength));
    }
    int blocks = genLength / blockLength;
    if (steps % blocks != 0) {
      throw new UserException(
          Fault.value(
              "steps",
              steps,
              "a multiple of the %d blocks of %d tokens".formatted(blocks, blockLength)));
    }
  }

  int blocks() {
    return genLength / blockLength;
  }

  int stepsPerBlock() {
    return steps / blocks();
  }
}
