package ai.dimoo.server.openai;

import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the JSON form of `/v1/images/edits`: `images: [{image_url}]` and `mask: {image_url}`. An
/// image may also be the URL itself, and `image` may hold one or several.
final class EditJson {

  private EditJson() {}

  static EditForm read(Fields fields, Limits limits, PictureUrls urls) {
    List<InputPicture> images = new ArrayList<>();
    String name = fields.node("images") == null ? "image" : "images";
    JsonNode node = fields.node(name);
    if (node != null && node.isArray()) {
      limits.requireInputPictures(name, node.size());
      for (int i = 0; i < node.size(); i++) {
        images.add(picture(name + "[" + i + "]", node.get(i), urls));
      }
    } else if (node != null) {
      images.add(picture(name, node, urls));
    }
    return new EditForm(fields, images, mask(fields, urls));
  }

  /// The mask; null if there is none.
  static @Nullable InputPicture mask(Fields fields, PictureUrls urls) {
    JsonNode node = fields.node("mask");
    return node == null ? null : picture("mask", node, urls);
  }

  private static InputPicture picture(String field, JsonNode node, PictureUrls urls) {
    JsonNode url = node.isObject() ? node.path("image_url") : node;
    if (url.isObject()) { // as in a chat
      url = url.path("url");
    }
    if (url.isString()) {
      return urls.get(field, url.stringValue());
    }
    throw Refusal.badRequest(
        field,
        node.has("file_id")
            ? field + " names a file_id, and this server keeps no files: send an image_url."
            : field + " has no image_url: send {\"image_url\": \"data:image/png;base64,…\"}.");
  }
}
