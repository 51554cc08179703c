package ai.dimoo.diffusion;

import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
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
/// @param confidence a step keeps every prediction that is at least so likely, 0..1, and its share
///   in any case (Fast-dLLM, arXiv 2505.22618); 0: its share alone
/// @param earlyCommit whether a step fills its block as soon as the predictions are clear
/// @param blockCache whether only the first step of a block computes every position, and the others
///   the block alone; not together with `cache`
public record TextSamplerSettings(
    int steps,
    int genLength,
    int blockLength,
    double temperature,
    double cfgScale,
    Remasking remasking,
    long seed,
    boolean stopAtAnswerEnd,
    @Nullable CacheSettings cache,
    double confidence,
    boolean earlyCommit,
    boolean blockCache) {

  /// @throws UserException if a value is out of range or the lengths do not fit together
  public TextSamplerSettings {
    requireFitting(steps, genLength, blockLength);
    SettingsChecks.notNegative(temperature, "temperature");
    SettingsChecks.notNegative(cfgScale, "cfg_scale");
    SettingsChecks.share(confidence, "confidence");
    if (blockCache && cache != null) {
      throw new UserException(
          Fault.of("block_cache and cache exclude each other.")
              .in("block_cache")
              .mend(Remedy.leaveOut("block_cache")));
    }
    if (confidence > 0 && remasking != Remasking.LOW_CONFIDENCE) {
      throw new UserException(
          Fault.of("confidence keeps the likeliest predictions, remasking random keeps any.")
              .in("confidence")
              .mend(Remedy.leaveOut("confidence")));
    }
  }

  /// Settings as the reference has them: each step keeps its share, and computes every position
  /// unless there is a cache.
  ///
  /// @throws UserException if a value is out of range or the lengths do not fit together
  public TextSamplerSettings(
      int steps,
      int genLength,
      int blockLength,
      double temperature,
      double cfgScale,
      Remasking remasking,
      long seed,
      boolean stopAtAnswerEnd,
      @Nullable CacheSettings cache) {
    this(
        steps,
        genLength,
        blockLength,
        temperature,
        cfgScale,
        remasking,
        seed,
        stopAtAnswerEnd,
        cache,
        0,
        false,
        false);
  }

  /// Refuses lengths that do not fit together.
  ///
  /// @throws UserException if they do not, or one is not positive
  public static void requireFitting(int steps, int genLength, int blockLength) {
    SettingsChecks.atLeast(1, genLength, "gen_length");
    SettingsChecks.atLeast(1, blockLength, "block_length");
    SettingsChecks.atLeast(1, steps, "steps");
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

  /// Begins settings that differ from these.
  public Builder toBuilder() {
    return new Builder(this);
  }

  /// Builds {@link TextSamplerSettings}. Not thread-safe.
  public static final class Builder {

    private int steps;
    private int genLength;
    private int blockLength;
    private double temperature;
    private double cfgScale;
    private Remasking remasking;
    private long seed;
    private boolean stopAtAnswerEnd;
    private @Nullable CacheSettings cache;
    private double confidence;
    private boolean earlyCommit;
    private boolean blockCache;

    private Builder(TextSamplerSettings from) {
      steps = from.steps;
      genLength = from.genLength;
      blockLength = from.blockLength;
      temperature = from.temperature;
      cfgScale = from.cfgScale;
      remasking = from.remasking;
      seed = from.seed;
      stopAtAnswerEnd = from.stopAtAnswerEnd;
      cache = from.cache;
      confidence = from.confidence;
      earlyCommit = from.earlyCommit;
      blockCache = from.blockCache;
    }

    /// Number of steps.
    public Builder steps(int steps) {
      this.steps = steps;
      return this;
    }

    /// Tokens of the answer.
    public Builder genLength(int genLength) {
      this.genLength = genLength;
      return this;
    }

    /// Tokens of a block.
    public Builder blockLength(int blockLength) {
      this.blockLength = blockLength;
      return this;
    }

    /// Randomness of the choice of tokens.
    public Builder temperature(double temperature) {
      this.temperature = temperature;
      return this;
    }

    /// Guidance by the prompt.
    public Builder cfgScale(double cfgScale) {
      this.cfgScale = cfgScale;
      return this;
    }

    /// Which predictions are kept.
    public Builder remasking(Remasking remasking) {
      this.remasking = remasking;
      return this;
    }

    /// One seed gives one answer.
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /// Whether to stop as soon as nothing more can change what stands before `</answer>`.
    public Builder stopAtAnswerEnd(boolean stop) {
      stopAtAnswerEnd = stop;
      return this;
    }

    /// Null: every step computes every position.
    public Builder cache(@Nullable CacheSettings cache) {
      this.cache = cache;
      return this;
    }

    /// How likely a prediction has to be to be kept at once; 0: each step keeps its share.
    public Builder confidence(double confidence) {
      this.confidence = confidence;
      return this;
    }

    /// Whether a step fills its block as soon as the predictions are clear.
    public Builder earlyCommit(boolean earlyCommit) {
      this.earlyCommit = earlyCommit;
      return this;
    }

    /// Whether only the first step of a block computes every position.
    public Builder blockCache(boolean blockCache) {
      this.blockCache = blockCache;
      return this;
    }

    /// The settings.
    ///
    /// @throws UserException if a value is out of range or the lengths do not fit together
    public TextSamplerSettings build() {
      return new TextSamplerSettings(
          steps,
          genLength,
          blockLength,
          temperature,
          cfgScale,
          remasking,
          seed,
          stopAtAnswerEnd,
          cache,
          confidence,
          earlyCommit,
          blockCache);
    }
  }

  /// Whether a step may decide more than its share.
  boolean decidesByConfidence() {
    return confidence > 0 || earlyCommit;
  }

  int blocks() {
    return genLength / blockLength;
  }

  int stepsPerBlock() {
    return steps / blocks();
  }
}
