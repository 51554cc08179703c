package ai.dimoo.train.runs;

import ai.dimoo.request.Fingerprint;
import ai.dimoo.train.source.TrainingPicture;
import java.util.List;

/// A number for what some pictures show: it tells a world from the same world, changed.
final class PictureFingerprint {

  private PictureFingerprint() {}

  static String of(List<TrainingPicture> pictures) {
    Fingerprint fingerprint = new Fingerprint();
    pictures.forEach(picture -> fingerprint.add(picture.picture().toBytes()));
    return fingerprint.hex();
  }
}
