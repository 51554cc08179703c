package ai.dimoo.request;

import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import java.util.ArrayList;
import java.util.List;

/// A question about one or several pictures. Immutable.
///
/// @param question in words
/// @param images at least one
/// @param oneToken whether the answer is one token from one forward pass, the form of the published
///   scores (yes or no, a letter, a number); else it is free
/// @param sampling how a free answer is sampled
public record Ask(String question, List<Picture> images, boolean oneToken, Sampling sampling)
    implements Request {

  /// @throws UserException if there is no question or no picture, or a setting that an answer of
  ///   one token does not have
  public Ask {
    question = Prompts.notEmpty(question);
    images = List.copyOf(images);
    if (images.isEmpty()) {
      throw new UserException(
          Fault.of("A question needs a picture that it is about.")
              .in("image")
              .mend(Remedy.give("image", "a picture")));
    }
    sampling.requireOnly(SamplingKind.ANSWER, "understanding").requireFittingLengths();
    if (oneToken) {
      sampling.requireOneStep();
    }
  }

  @Override
  public List<Picture> pictures() {
    return images;
  }

  /// Begins a request.
  public static Builder of(String question) {
    return new Builder(question);
  }

  /// Builds an {@link Ask}. Not thread-safe.
  public static final class Builder implements AnswerSetters<Builder> {

    private final String question;
    private final List<Picture> images = new ArrayList<>();
    private boolean oneToken;
    private Sampling sampling = Sampling.DEFAULT;

    private Builder(String question) {
      this.question = question;
    }

    /// One more picture.
    public Builder image(Picture image) {
      images.add(image);
      return this;
    }

    /// Asks for one token, for which there are no steps, lengths, remasking and cache to set.
    public Builder oneToken() {
      oneToken = true;
      return this;
    }

    @Override
    public Sampling sampling() {
      return sampling;
    }

    @Override
    public Builder sampling(Sampling sampling) {
      this.sampling = sampling;
      return this;
    }

    /// The request.
    ///
    /// @throws UserException if there is no question or no picture, a setting is out of range or
    ///   has no meaning for one token, or the lengths do not fit together
    public Ask build() {
      return new Ask(question, images, oneToken, sampling);
    }
  }
}
