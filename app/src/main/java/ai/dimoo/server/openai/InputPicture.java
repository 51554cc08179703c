package ai.dimoo.server.openai;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Mask;
import ai.dimoo.image.Picture;
import ai.dimoo.image.PictureWithHole;
import ai.dimoo.image.Size;
import ai.dimoo.request.PictureCodes;
import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Refusal;
import org.jspecify.annotations.Nullable;

/// A picture as a client sent it, not decoded yet. What the client calls its file is not used.
///
/// @param field the field that it came in, for messages
/// @param bytes a PNG, JPEG or WebP file, or anything else
public record InputPicture(String field, byte[] bytes) {

  /// Its size, from the header alone.
  ///
  /// @throws Refusal if it is no picture
  public Size size() {
    return Refusal.naming(field, () -> ImageFiles.sizeOf(bytes, field));
  }

  /// Decodes it.
  ///
  /// @param pixels as many as it may have; with more it is not decoded
  /// @throws Refusal if it is no picture or has more
  public Picture picture(long pixels) {
    requirePixels(pixels);
    return Refusal.naming(field, () -> ImageFiles.read(bytes, field));
  }

  /// Decodes it, if it has no more pixels than a picture may that comes in.
  ///
  /// @throws Refusal if it is no picture or has more
  Picture picture(Limits limits) {
    return picture(limits.inputPixels());
  }

  /// Decodes it, with what of it is clear, if it has no more pixels than a picture may that comes
  /// in.
  ///
  /// @throws Refusal if it is no picture or has more
  PictureWithHole withHole(Limits limits) {
    requirePixels(limits.inputPixels());
    return Refusal.naming(field, () -> ImageFiles.readWithHole(bytes, field));
  }

  /// Decodes it as a mask, see {@link ImageFiles#readMask}.
  ///
  /// @param pixels as many as it may have; with more it is not decoded
  /// @throws Refusal if it is no picture or has more
  Mask mask(long pixels) {
    requirePixels(pixels);
    return Refusal.naming(field, () -> ImageFiles.readMask(bytes, field));
  }

  /// What of it is clear; null: nothing.
  ///
  /// @throws Refusal if it is no picture or has too many pixels
  public @Nullable Mask hole(Limits limits) {
    requirePixels(limits.inputPixels());
    return Refusal.naming(field, () -> ImageFiles.readHole(bytes, field));
  }

  /// The codes that dimoo wrote into its PNG files; of other pictures nothing is known.
  ///
  /// @param picture what it shows
  @Nullable PictureCodes codes(Picture picture) {
    return PictureCodes.in(bytes, picture);
  }

  /// @throws Refusal if it has more pixels
  void requirePixels(long most) {
    Size size = size();
    long pixels = (long) size.width() * size.height();
    if (pixels > most) {
      throw Refusal.badRequest(
          field,
          "%s is %s, %d pixels; at most %d are taken: scale it down first."
              .formatted(field, size, pixels, most));
    }
  }
}
