package ai.dimoo.request;

/// A request whose answer is a picture.
public sealed interface ImageRequest extends Request
    permits TextToImage, Inpaint, Outpaint, Retouch, Edit {

  /// Its name in recipes.
  String taskName();

  /// Which settings it takes.
  default SamplingKind kind() {
    return SamplingKind.PICTURE;
  }

  /// What the picture is to show, in words.
  String prompt();

  /// The same with other words.
  ///
  /// @throws ai.dimoo.error.UserException if they are empty, or the task takes none
  ImageRequest withPrompt(String other);

  /// The same, sampled otherwise.
  ImageRequest withSampling(Sampling other);
}
