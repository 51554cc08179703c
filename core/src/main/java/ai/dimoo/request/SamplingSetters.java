package ai.dimoo.request;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.Remasking;
import org.jspecify.annotations.Nullable;

/// The settings that pictures and answers share, for every builder that has them. What is not
/// called is left to the model. All throw a {@link ai.dimoo.error.UserException} for a value that
/// the field does not take.
///
/// @param <B> the builder itself
public interface SamplingSetters<B> {

  /// What was said so far.
  Sampling sampling();

  /// Takes all settings at once.
  B sampling(Sampling sampling);

  /// How strongly the text is followed, 0 or more; 0 turns guidance off.
  default B cfgScale(double cfgScale) {
    return sampling(sampling().withCfgScale(cfgScale));
  }

  /// Randomness of the choice of tokens, 0 or more; 0 takes the likeliest.
  default B temperature(double temperature) {
    return sampling(sampling().withTemperature(temperature));
  }

  /// Which predictions of a step are masked again.
  default B remasking(Remasking remasking) {
    return sampling(sampling().withRemasking(remasking));
  }

  /// One seed gives one result; −1: a new one each time.
  default B seed(long seed) {
    return sampling(sampling().withSeed(seed));
  }

  /// How much quality is given for time.
  default B speed(Speed speed) {
    return sampling(sampling().withSpeed(speed));
  }

  /// Does what the model was not trained for, which is refused else.
  default B force() {
    return sampling(sampling().withForce(true));
  }

  /// Uses the max-logit cache; null: no cache.
  default B cache(@Nullable CacheSettings cache) {
    return sampling(sampling().withCache(cache));
  }
}
