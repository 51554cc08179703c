package ai.dimoo.train.source;

import ai.dimoo.sequence.CodeGrid;
import java.util.List;

/// Pictures to codes.
@FunctionalInterface
public interface PictureEncoder {

  /// The codes of pictures of any sizes, in their order. Several at once are cheaper than one after
  /// another.
  List<CodeGrid> encode(List<Layered> pictures);
}
