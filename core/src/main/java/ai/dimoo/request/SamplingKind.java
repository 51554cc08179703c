package ai.dimoo.request;

/// What is sampled: each kind takes the settings that mean something for it.
public enum SamplingKind {
  /// A picture, from words or by painting in one.
  PICTURE,
  /// A picture from a picture, which can guide it too.
  EDIT,
  /// An answer in words.
  ANSWER
}
