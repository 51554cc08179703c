package ai.dimoo.train.source;

import java.util.List;

/// Where the pictures come from that a VQ model is trained on.
@FunctionalInterface
public interface PictureSource {

  /// The batch of a step: a pure function of the step, so that a resumed run sees the same data.
  /// Called from one thread at a time.
  ///
  /// @param step counted from 0; any number, also beyond the last step of the training
  /// @return pictures of one size
  List<TrainingPicture> pictures(long step);
}
