package ai.dimoo.request;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.Noise;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request says of how it is sampled: values of fields of the {@link SamplingTable}. What it
/// does not say is left to the model, see {@link ai.dimoo.ModelDefaults}, and the seed to chance.
/// Immutable.
///
/// ```java
/// Sampling few = Sampling.DEFAULT.withTimesteps(16).withSeed(7);
/// ```
public final class Sampling {

  /// All is left to the model, and the seed to chance.
  public static final Sampling DEFAULT = new Sampling(Map.of());

  private final Map<SamplingField<?>, Object> values;

  private Sampling(Map<SamplingField<?>, Object> values) {
    this.values = Map.copyOf(values);
  }

  /// The choices that give these settings again.
  ///
  /// @param kind picture or edit
  public static Sampling of(ImageSamplerSettings settings, SamplingKind kind) {
    Map<SamplingField<?>, Object> values = new HashMap<>();
    for (SamplingField<?> field : SamplingTable.of(kind)) {
      Object value = field.of(settings);
      if (value != null) {
        values.put(field, value);
      }
    }
    return new Sampling(values);
  }

  /// What it says of a field; null: nothing.
  public <T> @Nullable T get(SamplingField<T> field) {
    Object value = values.get(field);
    return value == null ? null : field.values().type().cast(value);
  }

  /// The same with another value of a field.
  ///
  /// @param value null leaves it to the model; so does the seed −1, and `false` for the cache takes
  ///   the settings of the cache away too
  /// @throws UserException if the field does not take it
  public <T> Sampling with(SamplingField<T> field, @Nullable T value) {
    Map<SamplingField<?>, Object> changed = new HashMap<>(values);
    if (value == null || field == SamplingTable.SEED && value.equals(Seeds.NEW)) {
      changed.remove(field);
      return new Sampling(changed);
    }
    changed.put(field, field.checked(value));
    if (field == SamplingTable.CACHE && value.equals(false)) {
      changed.keySet().removeAll(SamplingTable.OF_CACHE);
    } else if (SamplingTable.OF_CACHE.contains(field)) {
      changed.remove(SamplingTable.CACHE);
    }
    return new Sampling(changed);
  }

  /// The same with the value that a text spells.
  ///
  /// @throws UserException if the field does not take it
  public <T> Sampling withText(SamplingField<T> field, String text) {
    return with(field, field.parse(text));
  }

  /// The same with the value that a picture's text has. Seeds of older pictures may be negative.
  <T> Sampling withRecorded(SamplingField<T> field, String text) {
    T value = field.values().parse(text);
    return value instanceof Long seed ? putSeed(seed) : with(field, value);
  }

  /// The same with another number of steps of a picture.
  public Sampling withTimesteps(@Nullable Integer timesteps) {
    return with(SamplingTable.TIMESTEPS, timesteps);
  }

  /// The same with another guidance by text.
  public Sampling withCfgScale(@Nullable Double cfgScale) {
    return with(SamplingTable.CFG_SCALE, cfgScale);
  }

  /// The same with another guidance by pictures.
  public Sampling withCfgImage(@Nullable Double cfgImage) {
    return with(SamplingTable.CFG_IMG, cfgImage);
  }

  /// The same with another randomness.
  public Sampling withTemperature(@Nullable Double temperature) {
    return with(SamplingTable.TEMPERATURE, temperature);
  }

  /// The same with random numbers drawn otherwise.
  public Sampling withNoise(@Nullable Noise noise) {
    return with(SamplingTable.NOISE, noise);
  }

  /// The same with other predictions masked again.
  public Sampling withRemasking(@Nullable Remasking remasking) {
    return with(SamplingTable.REMASKING, remasking);
  }

  /// The same with another seed; null or −1: a new one each time.
  public Sampling withSeed(@Nullable Long seed) {
    return with(SamplingTable.SEED, seed);
  }

  /// The same with another number of steps of an answer.
  public Sampling withSteps(@Nullable Integer steps) {
    return with(SamplingTable.STEPS, steps);
  }

  /// The same with another room for an answer.
  public Sampling withGenLength(@Nullable Integer genLength) {
    return with(SamplingTable.GEN_LENGTH, genLength);
  }

  /// The same with other blocks of an answer.
  public Sampling withBlockLength(@Nullable Integer blockLength) {
    return with(SamplingTable.BLOCK_LENGTH, blockLength);
  }

  /// The same with another likelihood from which tokens of an answer are kept.
  public Sampling withConfidence(@Nullable Double confidence) {
    return with(SamplingTable.CONFIDENCE, confidence);
  }

  /// The same with or without taking a clear answer at once.
  public Sampling withEarlyCommit(@Nullable Boolean earlyCommit) {
    return with(SamplingTable.EARLY_COMMIT, earlyCommit);
  }

  /// The same with or without steps that compute their block alone.
  public Sampling withBlockCache(@Nullable Boolean blockCache) {
    return with(SamplingTable.BLOCK_CACHE, blockCache);
  }

  /// The same with a cache; null: without one.
  public Sampling withCache(@Nullable CacheSettings cache) {
    if (cache == null) {
      return with(SamplingTable.CACHE, false);
    }
    return with(SamplingTable.CACHE_RATIO, cache.cacheRatio())
        .with(SamplingTable.WARMUP_RATIO, cache.warmupRatio())
        .with(SamplingTable.REFRESH_INTERVAL, cache.refreshInterval());
  }

  /// The same at another speed.
  public Sampling withSpeed(@Nullable Speed speed) {
    return with(SamplingTable.SPEED, speed);
  }

  /// The same with input pictures of other shapes fitted otherwise.
  public Sampling withFit(@Nullable Fit fit) {
    return with(SamplingTable.FIT, fit);
  }

  /// The same, with a task that the model was not trained for refused or done.
  public Sampling withForce(boolean force) {
    return with(SamplingTable.FORCE, force);
  }

  /// Whether a task that the model was not trained for is done.
  public boolean forced() {
    return Boolean.TRUE.equals(get(SamplingTable.FORCE));
  }

  /// This, and what it does not say as those say it.
  public Sampling or(Sampling those) {
    Sampling both = those;
    for (SamplingField<?> field : SamplingTable.ALL) {
      both = both.taking(field, this);
    }
    return both;
  }

  private <T> Sampling taking(SamplingField<T> field, Sampling from) {
    T value = from.get(field);
    if (value == null) {
      return this;
    }
    return value instanceof Long seed ? putSeed(seed) : with(field, value);
  }

  /// What means something for what is sampled, without the rest.
  public Sampling only(SamplingKind kind) {
    Map<SamplingField<?>, Object> left = new HashMap<>(values);
    left.keySet().removeIf(field -> !field.appliesTo(kind));
    return new Sampling(left);
  }

  /// Refuses what would have no effect.
  ///
  /// @throws UserException if a value means nothing for what is sampled
  Sampling requireOnly(SamplingKind kind, String task) {
    for (SamplingField<?> field : values.keySet()) {
      if (!field.appliesTo(kind)) {
        throw new UserException(
            Fault.of("The task %s has no %s.".formatted(task, field))
                .in(field.name())
                .mend(Remedy.leaveOut(field.name())));
      }
    }
    return this;
  }

  /// The seed; null: a new one each time.
  public @Nullable Long seed() {
    return get(SamplingTable.SEED);
  }

  /// The same with a seed, drawn now if there is none: for making it again.
  public Sampling withSeedDrawn() {
    return new Sampling(values).putSeed(Seeds.orRandom(seed()));
  }

  private Sampling putSeed(long seed) {
    Map<SamplingField<?>, Object> changed = new HashMap<>(values);
    changed.put(SamplingTable.SEED, seed); // whatever older pictures have
    return new Sampling(changed);
  }

  /// The same for a picture among several: its seed is so much larger.
  ///
  /// @param after how many pictures before it
  /// @throws UserException if there is no seed so large
  public Sampling forPicture(int after) {
    Long first = seed();
    if (first == null || after == 0) {
      return this;
    }
    if (first > Long.MAX_VALUE - after) {
      throw new UserException(
          Fault.value(
              SamplingTable.SEED.name(),
              first,
              "at most %d, so that picture %d has one too"
                  .formatted(Long.MAX_VALUE - after, after + 1)));
    }
    return putSeed(first + after);
  }

  /// The settings of a picture, a seed drawn if there is none.
  ///
  /// @param defaults for what is not said
  public ImageSamplerSettings resolve(ImageSamplerSettings defaults) {
    ImageSamplerSettings.Builder settings = defaults.toBuilder();
    for (SamplingField<?> field : values.keySet()) {
      set(field, settings);
    }
    return settings.seed(Seeds.orRandom(seed())).cache(cache(defaults.cache())).build();
  }

  private <T> void set(SamplingField<T> field, ImageSamplerSettings.Builder settings) {
    T value = get(field);
    if (value != null) {
      field.set(settings, value);
    }
  }

  /// The settings of an answer, a seed drawn if there is none. Where only some of the three lengths
  /// are said, the others follow: blocks no longer than the answer, and as many steps a token as
  /// the defaults have.
  ///
  /// @param defaults for what is not said
  /// @throws UserException if the lengths do not fit those of the model
  public TextSamplerSettings resolve(TextSamplerSettings defaults) {
    TextSamplerSettings.Builder settings = defaults.toBuilder();
    for (SamplingField<?> field : values.keySet()) {
      set(field, settings);
    }
    Integer genLength = get(SamplingTable.GEN_LENGTH);
    Integer blockLength = get(SamplingTable.BLOCK_LENGTH);
    int length = genLength == null ? defaults.genLength() : genLength;
    int block = blockLength == null ? Math.min(defaults.blockLength(), length) : blockLength;
    if (get(SamplingTable.STEPS) == null) {
      settings.steps(stepsFor(length, block, defaults));
    }
    return settings
        .blockLength(block)
        .seed(Seeds.orRandom(seed()))
        .stopAtAnswerEnd(true)
        .cache(cache(defaults.cache()))
        .build();
  }

  private <T> void set(SamplingField<T> field, TextSamplerSettings.Builder settings) {
    T value = get(field);
    if (value != null) {
      field.set(settings, value);
    }
  }

  private static int stepsFor(int length, int block, TextSamplerSettings defaults) {
    double stepsPerToken = (double) defaults.steps() / defaults.genLength();
    return length / block * (int) Math.max(1, Math.rint(block * stepsPerToken));
  }

  /// One forward pass for one token.
  public TextSamplerSettings resolveOneToken(TextSamplerSettings defaults) {
    return with(SamplingTable.STEPS, 1)
        .with(SamplingTable.GEN_LENGTH, 1)
        .with(SamplingTable.BLOCK_LENGTH, 1)
        .withCache(null)
        .with(SamplingTable.BLOCK_CACHE, null)
        .resolve(defaults);
  }

  /// Refuses what means nothing for an answer of one token. What is turned off may be said.
  ///
  /// @throws UserException if anything of it is said
  void requireOneStep() {
    for (SamplingField<?> field : SamplingTable.OF_SEVERAL_STEPS) {
      Object said = values.get(field);
      if (said != null && !said.equals(false)) {
        throw new UserException(
            Fault.of(
                    "An answer of one token is one forward pass, which has no %s.".formatted(field))
                .in(field.name())
                .mend(Remedy.leaveOut(field.name()))
                .mend(Remedy.leaveOut("one_token")));
      }
    }
  }

  /// Refuses lengths that fit together with no model.
  ///
  /// @throws UserException if the lengths that are said do not fit together
  Sampling requireFittingLengths() {
    Integer genLength = get(SamplingTable.GEN_LENGTH);
    Integer blockLength = get(SamplingTable.BLOCK_LENGTH);
    Integer steps = get(SamplingTable.STEPS);
    int length = genLength != null ? genLength : blockLength != null ? blockLength : 1;
    int block = blockLength != null ? blockLength : length;
    TextSamplerSettings.requireFitting(steps != null ? steps : length, length, block);
    return this;
  }

  /// The same with room for at most so many tokens: for callers who know a limit but no blocks. The
  /// length is rounded down to whole blocks, of which the first may be shortened instead.
  ///
  /// @param tokens at least 1
  /// @param usual the model's, for lengths that are not said
  /// @throws UserException if there is no room for a token, or the steps do not fit the new length
  public Sampling atMost(int tokens, TextSamplerSettings usual) {
    if (tokens < 1) {
      throw new UserException(
          "An answer of at most %d tokens is none: allow at least 1.".formatted(tokens));
    }
    Integer genLength = get(SamplingTable.GEN_LENGTH);
    int length = genLength == null ? usual.genLength() : genLength;
    if (tokens >= length) {
      return this;
    }
    Integer blockLength = get(SamplingTable.BLOCK_LENGTH);
    int shorter = Math.min(blockLength == null ? usual.blockLength() : blockLength, tokens);
    return with(SamplingTable.GEN_LENGTH, tokens / shorter * shorter)
        .with(SamplingTable.BLOCK_LENGTH, shorter)
        .requireFittingLengths();
  }

  /// Whether it says that the cache is used.
  public boolean usesCache() {
    return cache(null) != null;
  }

  private @Nullable CacheSettings cache(@Nullable CacheSettings absent) {
    Boolean wanted = get(SamplingTable.CACHE);
    Double ratio = get(SamplingTable.CACHE_RATIO);
    Double warmup = get(SamplingTable.WARMUP_RATIO);
    Integer refresh = get(SamplingTable.REFRESH_INTERVAL);
    if (ratio == null && warmup == null && refresh == null) {
      return wanted == null ? absent : wanted ? CacheSettings.DEFAULT : null;
    }
    CacheSettings usual = CacheSettings.DEFAULT;
    return new CacheSettings(
        ratio == null ? usual.cacheRatio() : ratio,
        warmup == null ? usual.warmupRatio() : warmup,
        refresh == null ? usual.refreshInterval() : refresh);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Sampling sampling && values.equals(sampling.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    List<String> said = new ArrayList<>();
    for (SamplingField<?> field : SamplingTable.ALL) {
      if (values.containsKey(field)) {
        said.add(field + "=" + values.get(field));
      }
    }
    return "Sampling" + said;
  }
}
