package ai.dimoo.request;

/// What a model can be asked for. Requests are immutable and may be used again.
public sealed interface Request permits ImageRequest, Ask {

  /// How it is sampled.
  Sampling sampling();
}
