package ai.dimoo.springai;

import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.springframework.ai.content.Media;

/// Spring AI's media to pictures. Media come with their data: nothing is fetched.
final class MediaPictures {

  private static final String BASE64 = ";base64,";

  private MediaPictures() {}

  static List<Picture> of(Iterable<Media> media) {
    List<Picture> pictures = new ArrayList<>();
    for (Media one : media) {
      String name = "Image " + (pictures.size() + 1);
      pictures.add(ImageFiles.read(bytes(one, name), name));
    }
    return pictures;
  }

  private static byte[] bytes(Media media, String name) {
    if (!media.getMimeType().getType().equals("image")) {
      throw new UserException(
          "Media of the kind %s cannot be read: give images.".formatted(media.getMimeType()));
    }
    return media.getData() instanceof byte[] bytes
        ? bytes
        : decoded(media.getData().toString(), name);
  }

  private static byte[] decoded(String url, String name) {
    int begin = url.indexOf(BASE64);
    if (!url.toLowerCase(Locale.ROOT).startsWith("data:") || begin < 0) {
      throw new UserException(
          "%s is an address, which is not fetched: give its bytes, or a data: URL in base64."
              .formatted(name));
    }
    try {
      return Base64.getMimeDecoder().decode(url.substring(begin + BASE64.length()));
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "%s is not base64 (%s): encode the file's bytes.".formatted(name, e.getMessage()), e);
    }
  }
}
