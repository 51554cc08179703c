package ai.dimoo.server.openai;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import java.util.Base64;
import java.util.Map;

/// A picture as the text that goes into JSON.
record EncodedPicture(String base64, String format) {

  /// @param texts what a PNG says of itself
  static EncodedPicture of(Picture picture, Map<String, String> texts, PictureForm form) {
    byte[] file =
        switch (form.format()) {
          case "jpeg" -> ImageFiles.encodeJpeg(picture, form.compression());
          case "webp" -> ImageFiles.encodeWebp(picture, form.compression());
          default -> ImageFiles.encodePng(picture, texts);
        };
    return new EncodedPicture(Base64.getEncoder().encodeToString(file), form.format());
  }

  /// `data:image/png;base64,…`
  String url() {
    return "data:image/" + format + ";base64," + base64;
  }
}
