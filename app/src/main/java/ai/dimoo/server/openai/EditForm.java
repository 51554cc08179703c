package ai.dimoo.server.openai;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a request to `/v1/images/edits` brings, whichever form it has.
///
/// @param fields all but the pictures
/// @param images the pictures, in the client's order
/// @param mask null: none
record EditForm(Fields fields, List<InputPicture> images, @Nullable InputPicture mask) {

  /// The names of the fields that hold pictures.
  static final String[] PICTURES = {"image", "images", "mask"};

  /// Reads a body: multipart, or else JSON.
  ///
  /// @throws ai.dimoo.server.exchange.Refusal if it is neither
  static EditForm of(Context context, ServedModel served) throws IOException {
    return Fields.isForm(context)
        ? EditParts.read(context.req(), served)
        : EditJson.read(Fields.of(context), served.limits(), served.pictureUrls());
  }

  /// All pictures, the mask among them.
  List<InputPicture> pictures() {
    return mask == null ? images : Stream.concat(images.stream(), Stream.of(mask)).toList();
  }

  /// The same for the same fields and the same bytes of pictures, whatever the boundary of the
  /// multipart body or the names of files.
  String key() {
    StringBuilder key = new StringBuilder(fields.without(PICTURES).toString());
    images.forEach(image -> key.append(' ').append(Digest.of(image.bytes())));
    return mask == null ? key.toString() : key + " mask " + Digest.of(mask.bytes());
  }
}
