package ai.dimoo.request;

import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.sequence.CodeGrid;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The codes that a model made a picture of. Written into PNG files, so that retouching one need
/// not encode it again, which would change it slightly everywhere. Immutable.
///
/// @param grid the codes
/// @param modelFingerprint which model's they are, see {@link ModelIdentity}
public record PictureCodes(CodeGrid grid, String modelFingerprint) {

  /// The keyword in PNG files. The text is `ROWSxCOLUMNS:PIXELS:MODEL:CODES`: fingerprints of the
  /// picture and of the model, and two bytes a code in Base64.
  public static final String KEYWORD = "codes";

  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,5})x(\\d{1,5}):(\\w+):(\\w+):([\\w+/=]+)");

  /// The text for a PNG file of the picture.
  public String toText(Picture picture) {
    ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * grid.size());
    for (int code : grid.codes()) {
      bytes.putShort((short) code);
    }
    return "%dx%d:%s:%s:%s"
        .formatted(
            grid.rows(),
            grid.columns(),
            Fingerprint.of(picture),
            modelFingerprint,
            Base64.getEncoder().encodeToString(bytes.array()));
  }

  /// The codes in a PNG file.
  ///
  /// @param picture the file's picture
  /// @return null if there are none, it is no PNG, or the picture was changed since
  public static @Nullable PictureCodes in(Path file, Picture picture) {
    return of(() -> ImageFiles.textOf(file), picture);
  }

  /// The same of a file in memory.
  public static @Nullable PictureCodes in(byte[] file, Picture picture) {
    return of(() -> ImageFiles.textOf(file, "the picture"), picture);
  }

  private static @Nullable PictureCodes of(Supplier<Map<String, String>> texts, Picture picture) {
    try {
      return of(texts.get(), picture);
    } catch (UserException e) {
      return null; // not a PNG, or one with malformed texts
    }
  }

  /// The codes in the texts of a PNG file, if it still has this picture.
  public static @Nullable PictureCodes of(Map<String, String> texts, Picture picture) {
    Matcher text = TEXT.matcher(texts.getOrDefault(KEYWORD, ""));
    if (!text.matches() || !text.group(3).equals(Fingerprint.of(picture))) {
      return null;
    }
    try {
      int rows = Integer.parseInt(text.group(1));
      int columns = Integer.parseInt(text.group(2));
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text.group(5)));
      int[] codes = new int[bytes.remaining() / Short.BYTES];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = Short.toUnsignedInt(bytes.getShort());
      }
      return new PictureCodes(new CodeGrid(rows, columns, codes), text.group(4));
    } catch (IllegalArgumentException e) {
      return null; // damaged: the picture alone is enough
    }
  }
}
