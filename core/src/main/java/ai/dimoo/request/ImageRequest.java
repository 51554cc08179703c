package ai.dimoo.request;

/// A request whose answer is a picture.
public sealed interface ImageRequest extends Request
    permits TextToImage, Inpaint, Outpaint, Retouch, Edit {

  /// What the picture is to show, in words.
  String prompt();

  /// How it is sampled.
  Sampling sampling();
}
