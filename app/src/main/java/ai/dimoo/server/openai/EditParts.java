package ai.dimoo.server.openai;

import ai.dimoo.server.exchange.Refusal;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads the multipart form of `/v1/images/edits`: the parts `image`, or `image[]` several times,
/// and `mask` are pictures, whether they carry a file name or not (OpenAI's Java client sends
/// none); all others are text. A part `a[b]` is the field `b` of an object `a`, as OpenAI's clients
/// send objects; parts `a[]` are a list.
final class EditParts {

  /// Fields that may hold an object, as JSON.
  private static final List<String> OBJECTS = List.of("cache", "extra_body");

  private EditParts() {}

  static EditForm read(HttpServletRequest request, ServedModel served) throws IOException {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    List<InputPicture> images = new ArrayList<>();
    InputPicture mask = null;
    for (Part part : parts(request, served.limits().bodyBytes())) {
      String name = part.getName() == null ? "" : part.getName();
      byte[] bytes = part.getInputStream().readAllBytes();
      if (name.equals("mask")) {
        requireFirst(name, mask == null);
        mask = picture(name, bytes, served.pictureUrls());
      } else if (name.matches("images?(\\[\\d*])?")) {
        served.limits().requireInputPictures("image", images.size() + 1);
        images.add(picture("image", bytes, served.pictureUrls()));
      } else {
        put(values, name, new String(bytes, StandardCharsets.UTF_8));
      }
      part.delete();
    }
    return new EditForm(Fields.of(values), numbered(images), mask);
  }

  /// Kept in memory: their size is limited, and nothing of a request is written to a disk.
  private static Collection<Part> parts(HttpServletRequest request, long most) throws IOException {
    int inMemory = (int) Math.min(most, Integer.MAX_VALUE);
    request.setAttribute(
        ServletContextRequest.MULTIPART_CONFIG_ELEMENT,
        new MultipartConfigElement(null, most, most, inMemory));
    try {
      return request.getParts();
    } catch (ServletException e) {
      if (isTooLarge(e)) {
        throw tooLarge(most);
      }
      throw new IOException(e);
    } catch (IOException | RuntimeException e) {
      if (isTooLarge(e)) {
        throw tooLarge(most);
      }
      throw e;
    }
  }

  private static Refusal tooLarge(long most) {
    return Refusal.of(
        413,
        "body_too_large",
        "The body is too large: at most %d bytes are taken.".formatted(most));
  }

  /// Jetty has no exception of its own for this.
  private static boolean isTooLarge(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("max length exceeded") || message.contains("too large")) {
        return true;
      }
    }
    return false;
  }

  /// A file's bytes, or the URL of one.
  private static InputPicture picture(String field, byte[] bytes, PictureUrls urls) {
    String head = new String(bytes, 0, Math.min(bytes.length, 8), StandardCharsets.ISO_8859_1);
    return head.matches("(?i)(data:|https?:/).*")
        ? urls.get(field, new String(bytes, StandardCharsets.UTF_8))
        : new InputPicture(field, bytes);
  }

  /// Several are told apart in messages.
  private static List<InputPicture> numbered(List<InputPicture> images) {
    if (images.size() < 2) {
      return images;
    }
    List<InputPicture> numbered = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      numbered.add(new InputPicture("image[" + i + "]", images.get(i).bytes()));
    }
    return numbered;
  }

  /// One of two values would have no effect.
  private static void requireFirst(String name, boolean first) {
    if (!first) {
      throw Refusal.badRequest(
          name, "The form has %s twice: send it once.".formatted(Fields.shown(name)));
    }
  }

  private static void put(ObjectNode values, String name, String text) {
    int bracket = name.indexOf('[');
    if (bracket <= 0 || !name.endsWith("]")) {
      requireFirst(name, !values.has(name));
      if (text.startsWith("{") && OBJECTS.contains(name)) {
        values.set(name, Fields.object(text.getBytes(StandardCharsets.UTF_8), name));
      } else {
        values.put(name, text);
      }
      return;
    }
    String outer = name.substring(0, bracket);
    String inner = name.substring(bracket + 1, name.length() - 1);
    if (inner.isEmpty() || inner.matches("\\d+")) {
      (values.get(outer) instanceof ArrayNode list ? list : values.putArray(outer)).add(text);
    } else {
      ObjectNode object =
          values.get(outer) instanceof ObjectNode there ? there : values.putObject(outer);
      requireFirst(name, !object.has(inner));
      object.put(inner, text);
    }
  }
}
