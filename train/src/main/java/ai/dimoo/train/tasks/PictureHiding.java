package ai.dimoo.train.tasks;

import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.train.source.MaskCodes.Rule;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.source.TrainingExample.Target;
import ai.dimoo.train.source.TrainingPicture;
import java.util.random.RandomGenerator;

/// How the codes of a picture to predict are hidden: by the reference's rule, and of some pictures
/// the whole foreground, as when sampling begins. As soon as a piece of an object shows, its colour
/// and shape can be read there, and the words round it teach nothing.
///
/// @param bareShare the share of pictures of which no foreground shows, 0..1
record PictureHiding(double bareShare) {

  PictureHiding {
    if (!(bareShare >= 0 && bareShare <= 1)) {
      throw new IllegalArgumentException("bare share " + bareShare + "; expected 0 to 1");
    }
  }

  /// Hides some codes of the picture that a sequence ends in.
  ///
  /// @param picture what the codes stand for
  TrainingExample hide(
      TokenSequence sequence,
      CodeGrid codes,
      TrainingPicture picture,
      int mask,
      RandomGenerator random) {
    boolean bare = random.nextDouble() < bareShare;
    return hide(
        sequence,
        bare ? picture.foregroundTiles(codes.rows(), codes.columns()) : new boolean[codes.size()],
        mask,
        random);
  }

  /// Hides some codes of the picture that a sequence ends in, by the reference's rule.
  ///
  /// @param whole which of them are hidden anyhow
  static TrainingExample hide(
      TokenSequence sequence, boolean[] whole, int mask, RandomGenerator random) {
    Target[] targets = {
      new Target(PromptTokens.positions(sequence, whole, true), Rule.WHOLE),
      new Target(PromptTokens.positions(sequence, whole, false), Rule.SHARE)
    };
    return TrainingExample.hide(sequence.ids().toArray(), targets, mask, random);
  }
}
