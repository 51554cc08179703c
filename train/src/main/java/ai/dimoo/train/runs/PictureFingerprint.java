package ai.dimoo.train.runs;

import ai.dimoo.train.source.TrainingPicture;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// A number for what some pictures show: it tells a world from the same world, changed.
final class PictureFingerprint {

  private PictureFingerprint() {}

  static String of(List<TrainingPicture> pictures) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    pictures.forEach(picture -> bytes.writeBytes(picture.picture().toBytes()));
    return RunFolder.fingerprint(bytes.toByteArray());
  }
}
