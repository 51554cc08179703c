package ai.dimoo.request;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question about one or several pictures. Immutable.
///
/// @param question in words
/// @param images at least one
/// @param oneToken whether the answer is one token from one forward pass, the form of the published
///   scores (yes or no, a letter, a number); else it is free
/// @param sampling how a free answer is sampled
public record Ask(String question, List<Picture> images, boolean oneToken, TextSampling sampling)
    implements Request {

  /// @throws UserException if there is no question or no picture
  public Ask {
    question = Prompts.notEmpty(question);
    images = List.copyOf(images);
    if (images.isEmpty()) {
      throw new UserException(
          Fault.of("A question needs a picture that it is about.")
              .in("image")
              .mend(Remedy.give("image", "a picture")));
    }
  }

  /// Begins a request.
  public static Builder of(String question) {
    return new Builder(question);
  }

  /// Builds an {@link Ask}. Not thread-safe.
  public static final class Builder {

    private final String question;
    private final List<Picture> images = new ArrayList<>();
    private boolean oneToken;
    private @Nullable Integer steps;
    private @Nullable Integer genLength;
    private @Nullable Integer blockLength;
    private @Nullable Double temperature;
    private @Nullable Double cfgScale;
    private @Nullable Remasking remasking;
    private @Nullable Long seed;
    private @Nullable CacheSettings cache;

    private Builder(String question) {
      this.question = question;
    }

    /// One more picture.
    public Builder image(Picture image) {
      images.add(image);
      return this;
    }

    /// Asks for one token.
    public Builder oneToken() {
      oneToken = true;
      return this;
    }

    /// Number of denoising steps for the whole answer, a multiple of the number of blocks.
    public Builder steps(int steps) {
      this.steps = steps;
      return this;
    }

    /// Room for the answer in tokens, a multiple of the block length.
    public Builder genLength(int genLength) {
      this.genLength = genLength;
      return this;
    }

    /// The answer is written in blocks of so many tokens, from left to right.
    public Builder blockLength(int blockLength) {
      this.blockLength = blockLength;
      return this;
    }

    /// Randomness of the choice of tokens, 0 or more; 0 takes the likeliest.
    public Builder temperature(double temperature) {
      this.temperature = temperature;
      return this;
    }

    /// How strongly the answer follows the prompt, 0 or more.
    public Builder cfgScale(double cfgScale) {
      this.cfgScale = cfgScale;
      return this;
    }

    /// Which of a step's predictions are kept.
    public Builder remasking(Remasking remasking) {
      this.remasking = remasking;
      return this;
    }

    /// One seed gives one answer.
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /// Uses the max-logit cache; null: no cache.
    public Builder cache(@Nullable CacheSettings cache) {
      this.cache = cache;
      return this;
    }

    /// The request.
    ///
    /// @throws UserException if there is no question or no picture, a setting is out of range, or
    ///   the lengths do not fit together
    public Ask build() {
      return new Ask(
          question,
          images,
          oneToken,
          new TextSampling(
              steps, genLength, blockLength, temperature, cfgScale, remasking, seed, cache));
    }
  }
}
