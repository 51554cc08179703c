package ai.dimoo.server.openai;

import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.remote.RemotePictures;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Pictures that a request names by URL: `data:` URLs, which hold them, plain Base64, and, where
/// the server allows it, the web's. Belongs to one request.
///
/// @param remote gets those of the web; null: they are refused
public record PictureUrls(@Nullable RemotePictures remote) {

  private static final String DATA = "data:";
  private static final String BASE64 = ";base64";

  /// The picture at a URL.
  ///
  /// @param field the field that holds the URL, for messages
  /// @throws Refusal if there is none to be had
  public InputPicture get(String field, String url) {
    String text = url.strip();
    String scheme = scheme(text);
    return switch (scheme) {
      case "data" -> new InputPicture(field, data(field, text));
      case "http", "https" -> new InputPicture(field, fetched(field, text));
      case "" -> new InputPicture(field, base64(field, text));
      default ->
          throw Refusal.badRequest(
              field,
              "%s is a URL of the kind %s:, which is not taken; send a data: URL."
                  .formatted(field, scheme));
    };
  }

  private static String scheme(String url) {
    int colon = url.indexOf(':');
    return colon > 0 && colon <= 20 && url.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*")
        ? url.substring(0, colon).toLowerCase(Locale.ROOT)
        : "";
  }

  private byte[] fetched(String field, String url) {
    if (remote == null) {
      throw Refusal.badRequest(
          field,
          "%s is an http(s) URL, and this server fetches none: send the picture itself, as a data:"
                  .formatted(field)
              + " URL with Base64. (It fetches when started with --allow-image-urls.)");
    }
    return remote.get(field, url);
  }

  private static byte[] data(String field, String url) {
    int comma = url.indexOf(',');
    String head = comma < 0 ? "" : url.substring(DATA.length(), comma).toLowerCase(Locale.ROOT);
    if (!head.endsWith(BASE64)) {
      throw Refusal.badRequest(
          field,
          "%s is not a data: URL with Base64: send data:image/png;base64,… .".formatted(field));
    }
    return base64(field, url.substring(comma + 1));
  }

  private static byte[] base64(String field, String text) {
    String plain =
        text.indexOf('\n') < 0 && text.indexOf(' ') < 0 ? text : text.replaceAll("\\s", "");
    boolean urlSafe = plain.indexOf('-') >= 0 || plain.indexOf('_') >= 0;
    try {
      byte[] bytes = (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(plain);
      if (bytes.length > 0) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw Refusal.badRequest(
        field,
        "%s is not valid Base64: send data:image/png;base64,… with the file's bytes."
            .formatted(field));
  }
}
