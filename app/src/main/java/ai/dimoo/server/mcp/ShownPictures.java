package ai.dimoo.server.mcp;

import ai.dimoo.GeneratedPicture;
import ai.dimoo.image.Filter;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Resize;
import ai.dimoo.image.Size;
import ai.dimoo.server.openai.Orders;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers that are pictures: each one small enough to be looked at, and a link to the whole file,
/// in which its settings are.
///
/// @param shelf keeps the files
/// @param folder takes them too; null: none does
record ShownPictures(PictureShelf shelf, @Nullable Path folder) {

  /// Clients refuse messages in which one picture takes more than 1 MiB of Base64.
  static final int MOST_BYTES = 1024 * 1024 / 4 * 3 - 1024;

  private static final int GOOD = 90;

  /// The answer.
  ///
  /// @param warnings sentences for the user
  CallToolResult answer(List<GeneratedPicture> pictures, List<String> warnings) {
    CallToolResult.Builder answer = CallToolResult.builder();
    for (GeneratedPicture picture : pictures) {
      byte[] file = ImageFiles.encodePng(picture.picture(), picture.toTexts());
      boolean fits = file.length <= MOST_BYTES;
      byte[] shown = fits ? file : small(picture.picture());
      answer.addContent(
          ImageContent.builder(
                  Base64.getEncoder().encodeToString(shown), fits ? "image/png" : "image/jpeg")
              .build());
      answer.addContent(
          ResourceLink.builder()
              .uri(uri(picture, file))
              .name("dimoo-" + picture.seed() + ".png")
              .description(
                  "The whole picture, %s, with its settings inside."
                      .formatted(picture.picture().size()))
              .mimeType("image/png")
              .size((long) file.length)
              .build());
      answer.addTextContent(Orders.made(picture).toString());
    }
    warnings.forEach(warning -> answer.addTextContent("Note: " + warning));
    return answer.build();
  }

  private String uri(GeneratedPicture picture, byte[] file) {
    String uri = shelf.add(file);
    if (folder == null) {
      return uri;
    }
    String name = uri.substring(uri.lastIndexOf('/') + 1);
    Path target = folder.resolve("dimoo-" + picture.seed() + "-" + name.substring(0, 8) + ".png");
    picture.writePng(target);
    return target.toUri().toString();
  }

  /// A JPEG file that fits, of half the sides as often as it takes.
  static byte[] small(Picture picture) {
    byte[] file = ImageFiles.encodeJpeg(picture, GOOD);
    if (file.length <= MOST_BYTES) {
      return file;
    }
    Size half = new Size((picture.width() + 1) / 2, (picture.height() + 1) / 2);
    return small(Resize.to(picture, half, Filter.LANCZOS));
  }
}
