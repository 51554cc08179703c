package ai.dimoo.server.openai;

import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Mask;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.server.Limits;
import ai.dimoo.server.Refusal;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;

/// A picture that a client sent, as the bytes of its file. Its size is checked before a pixel is
/// decoded.
///
/// @param field the field of the request that holds it
/// @param file the bytes; not copied
record InputPicture(String field, byte[] file) {

  private static final String DATA = "data:";
  private static final String BASE64 = ";base64,";

  /// A picture in Base64, with or without `data:image/…;base64,` before it.
  ///
  /// @throws Refusal if it is a URL of another kind, or not Base64
  static InputPicture ofText(String field, String text) {
    String base64 = text.strip();
    if (base64.startsWith("http://") || base64.startsWith("https://")) {
      throw Refusal.badRequest(
          field,
          "%s is an address in the web, which this server does not fetch: send the picture itself as"
                  .formatted(field)
              + " data:image/png;base64,….");
    }
    if (base64.startsWith(DATA)) {
      int start = base64.indexOf(BASE64);
      if (start < 0) {
        throw Refusal.badRequest(
            field, "%s is a data: URL without Base64; send data:image/png;base64,….".formatted(field));
      }
      base64 = base64.substring(start + BASE64.length());
    }
    try {
      return new InputPicture(field, Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(field, "%s is not valid Base64: %s.".formatted(field, e.getMessage()));
    }
  }

  /// Its pixels.
  Picture picture(Limits limits) {
    checkSize(limits);
    return reading(() -> ImageFiles.read(file, field));
  }

  /// As a mask: what is transparent in it is to be made anew, or what is light if nothing is.
  Mask mask(Limits limits) {
    checkSize(limits);
    return reading(() -> ImageFiles.readMask(file, field));
  }

  /// The texts inside, if it is a PNG that has some.
  Map<String, String> texts() {
    try {
      return ImageFiles.textOf(file, field);
    } catch (UserException e) {
      return Map.of();
    }
  }

  private void checkSize(Limits limits) {
    Size size = reading(() -> ImageFiles.sizeOf(file, field));
    long pixels = (long) size.width() * size.height();
    if (pixels > limits.inputPixels()) {
      throw Refusal.badRequest(
          field,
          "%s is %s, %d pixels; at most %d are taken: scale it down first."
              .formatted(field, size, pixels, limits.inputPixels()));
    }
  }

  private <T> T reading(Supplier<T> read) {
    try {
      return read.get();
    } catch (UserException e) {
      throw Refusal.badRequest(field, e.getMessage());
    }
  }
}
