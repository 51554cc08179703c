package ai.dimoo.server.openai;

import ai.dimoo.server.Limits;
import ai.dimoo.server.Refusal;
import io.javalin.http.Context;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A body of `/v1/images/edits`, whether it came as a form or as JSON.
///
/// @param fields everything but the pictures
/// @param images the pictures to work on, in their order
/// @param mask null: there is none
record EditForm(Fields fields, List<InputPicture> images, @Nullable InputPicture mask) {

  private static final Set<String> IMAGES = Set.of("image", "image[]", "images", "images[]");
  private static final String MASK = "mask";

  /// @throws Refusal if there is no picture, or there are too many
  static EditForm of(Context context, Limits limits) throws IOException {
    EditForm form = context.isMultipartFormData() ? ofParts(context) : ofJson(context.bodyAsBytes());
    if (form.images.isEmpty()) {
      throw Refusal.badRequest(
          "image", "There is no image: send the picture to work on in the field image.");
    }
    if (form.images.size() > limits.inputPictures()) {
      throw Refusal.badRequest(
          "image",
          "There are %d images; at most %d are taken."
              .formatted(form.images.size(), limits.inputPictures()));
    }
    return form;
  }

  /// A key that equal forms share, however they were sent.
  String key() {
    StringBuilder key = new StringBuilder(fields.toString());
    images.forEach(image -> key.append(' ').append(Digest.of(image.file())));
    return mask == null ? key.toString() : key.append(" mask ").append(Digest.of(mask.file())).toString();
  }

  private static EditForm ofParts(Context context) throws IOException {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    List<InputPicture> images = new ArrayList<>();
    InputPicture mask = null;
    context.uploadedFileMap(); // makes Javalin set the limits for parts
    for (Part part : parts(context)) {
      String name = part.getName();
      if (IMAGES.contains(name)) {
        images.add(new InputPicture("image", bytes(part)));
      } else if (name.equals(MASK)) {
        mask = new InputPicture(MASK, bytes(part));
      } else {
        values.put(name, new String(bytes(part), StandardCharsets.UTF_8));
      }
    }
    return new EditForm(Fields.of(values), images, mask);
  }

  private static Iterable<Part> parts(Context context) throws IOException {
    try {
      return context.req().getParts();
    } catch (ServletException e) {
      throw Refusal.badRequest(null, "The body is not a valid multipart form.");
    }
  }

  private static byte[] bytes(Part part) throws IOException {
    try (InputStream in = part.getInputStream()) {
      return in.readAllBytes();
    }
  }

  private static EditForm ofJson(byte[] body) {
    Fields fields = Fields.of(body);
    List<InputPicture> images = new ArrayList<>();
    for (String name : Arrays.asList("images", "image")) {
      JsonNode node = fields.node(name);
      if (node != null && node.isArray()) {
        node.forEach(item -> images.add(picture(name, item)));
      } else if (node != null) {
        images.add(picture(name, node));
      }
    }
    JsonNode mask = fields.node(MASK);
    return new EditForm(
        fields.without("images", "image", MASK), images, mask == null ? null : picture(MASK, mask));
  }

  /// A string, or an object with `image_url`, which is a string or an object with `url`.
  private static InputPicture picture(String field, JsonNode node) {
    JsonNode url = node.isObject() ? node.path("image_url") : node;
    JsonNode text = url.isObject() ? url.path("url") : url;
    if (!text.isString()) {
      throw Refusal.badRequest(
          field,
          "%s has no picture: give {\"image_url\": \"data:image/png;base64,…\"}.".formatted(field));
    }
    return InputPicture.ofText(field, text.stringValue());
  }
}
