package ai.dimoo.langchain4j;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.util.Base64;
import java.util.Map;

/// Questions about pictures for the tests of the chat models.
final class Questions {

  static final Picture PICTURE = Picture.filled(new Size(128, 128), 0x20a040);

  static final ImageContent IMAGE = image(PICTURE);

  private Questions() {}

  static ImageContent image(Picture picture) {
    byte[] png = ImageFiles.encodePng(picture, Map.of());
    return ImageContent.from(Base64.getEncoder().encodeToString(png), "image/png");
  }

  static UserMessage about(String text) {
    return UserMessage.from(TextContent.from(text), IMAGE);
  }
}
