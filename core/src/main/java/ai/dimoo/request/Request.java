package ai.dimoo.request;

import ai.dimoo.image.Picture;
import java.util.List;

/// What a model can be asked for. Requests are immutable and may be used again.
public sealed interface Request permits ImageRequest, Ask {

  /// How it is sampled.
  Sampling sampling();

  /// The pictures that it brings, in their order.
  List<Picture> pictures();
}
