package ai.dimoo.server.openai;

import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.server.Limits;
import ai.dimoo.server.Refusal;
import java.util.Base64;
import java.util.Locale;

/// Pictures that a request names by URL. The one place that knows which URLs are taken: `data:`
/// with base64. Thread-safe.
///
/// @param limits what a picture may be
record PictureUrls(Limits limits) {

  private static final String BASE64 = ";base64";

  /// The picture of a URL.
  ///
  /// @param field the field of the request that has the URL, for messages
  /// @throws Refusal if the URL is not taken, or is of no picture, or of one that is too large
  Picture read(String url, String field) {
    byte[] file = file(url.strip(), field);
    try {
      Size size = ImageFiles.sizeOf(file, "The picture");
      long pixels = (long) size.width() * size.height();
      if (pixels > limits.inputPixels()) {
        throw Refusal.badRequest(
            field,
            "The picture is %s, %d pixels; at most %d are taken. Scale it down."
                .formatted(size, pixels, limits.inputPixels()));
      }
      return ImageFiles.read(file, "The picture");
    } catch (UserException e) {
      throw Refusal.badRequest(field, e.getMessage());
    }
  }

  private static byte[] file(String url, String field) {
    String scheme = url.substring(0, Math.max(0, url.indexOf(':'))).toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "data" -> data(url, field);
      case "http", "https" ->
          throw Refusal.badRequest(
              field,
              "The picture is at another server, and this one fetches nothing: send the picture"
                  + " itself as data:image/png;base64,….");
      default ->
          throw Refusal.badRequest(
              field, "The URL of a picture must begin with data:image/png;base64, or the like.");
    };
  }

  private static byte[] data(String url, String field) {
    int comma = url.indexOf(',');
    String type = comma < 0 ? "" : url.substring("data:".length(), comma).strip();
    if (!type.toLowerCase(Locale.ROOT).endsWith(BASE64)) {
      throw Refusal.badRequest(
          field, "The data URL is not in base64: write it as data:image/png;base64,….");
    }
    try {
      return Base64.getMimeDecoder().decode(url.substring(comma + 1)); // line ends may be in it
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(field, "The data URL does not hold base64; encode it again.");
    }
  }
}
