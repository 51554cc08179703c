package ai.dimoo.langchain4j;

import ai.dimoo.GeneratedPicture;
import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Mask;
import ai.dimoo.image.Picture;
import dev.langchain4j.data.image.Image;
import java.net.URI;
import java.util.Base64;

/// LangChain4j's images to pictures and back. Images come with their data: nothing is fetched.
final class PictureData {

  private static final String BASE64 = ";base64,";

  private PictureData() {}

  /// @param name what messages call it
  static Picture picture(Image image, String name) {
    return ImageFiles.read(bytes(image, name), name);
  }

  /// A mask whose transparent pixels are to be repainted, or, if none is, the light ones.
  static Mask mask(Image image) {
    return ImageFiles.readMask(bytes(image, "The mask"), "The mask");
  }

  /// A PNG with recipe and codes inside.
  static Image image(GeneratedPicture result) {
    byte[] png = ImageFiles.encodePng(result.picture(), result.toTexts());
    return Image.builder()
        .base64Data(Base64.getEncoder().encodeToString(png))
        .mimeType("image/png")
        .build();
  }

  private static byte[] bytes(Image image, String name) {
    String data = image.base64Data();
    if (data == null || data.isEmpty()) {
      data = dataOf(image.url(), name);
    }
    try {
      return Base64.getMimeDecoder().decode(data);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "%s is not base64 (%s): encode the file's bytes.".formatted(name, e.getMessage()), e);
    }
  }

  private static String dataOf(URI url, String name) {
    if (url == null) {
      throw new UserException("%s is empty: give its bytes as base64 data.".formatted(name));
    }
    String text = url.toString();
    int begin = text.indexOf(BASE64);
    if (!"data".equalsIgnoreCase(url.getScheme()) || begin < 0) {
      throw new UserException(
          "%s is an address of the kind \"%s:\", which is not fetched: give its bytes as base64."
              .formatted(name, url.getScheme()));
    }
    return text.substring(begin + BASE64.length());
  }
}
