package ai.dimoo.server.openai;

import ai.dimoo.server.Refusal;
import io.javalin.http.Context;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a request to `/v1/images/edits` brings, whichever form it has.
///
/// @param fields all but the pictures
/// @param images the pictures, in the client's order
/// @param mask null: none
record EditInput(Fields fields, List<PictureFile> images, @Nullable PictureFile mask) {

  /// The names of the fields that hold pictures.
  static final String[] PICTURES = {"image", "images", "mask"};

  /// Reads a body: multipart, or else JSON.
  ///
  /// @throws Refusal if it is neither
  static EditInput of(Context context, ServedModel served) throws IOException {
    String type = context.contentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")
        ? EditForm.read(context.req(), served)
        : EditJson.read(Fields.of(context.bodyAsBytes()), served.pictureUrls());
  }

  /// The same for the same fields and the same bytes of pictures, whatever the boundary of the
  /// multipart body or the names of files.
  String key() {
    MessageDigest digest = sha256();
    for (PictureFile image : images) {
      digest.update(sha256().digest(image.bytes()));
    }
    if (mask != null) {
      digest.update("mask".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      digest.update(sha256().digest(mask.bytes()));
    }
    return HexFormat.of().formatHex(digest.digest()) + fields.toStringWithout(PICTURES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
