package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.ImageRequest;

/// The model that is evaluated, as far as suites see it.
public interface Pupil {

  /// What it makes.
  Picture picture(ImageRequest request);

  /// How many trials may ask it at the same time, each from a thread of its own.
  default int sideBySide() {
    return 1;
  }

  /// What it answers.
  String answer(Ask question);

  /// The codes of its VQ model for a picture.
  int[] codes(Picture picture);

  /// The picture of such codes, of a scene's size.
  Picture decoded(int[] codes);

  /// What its VQ model alone makes of a picture: the best that it can be expected to give back.
  default Picture roundTrip(Picture picture) {
    return decoded(codes(picture));
  }
}
