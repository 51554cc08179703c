package ai.dimoo.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The reference's pictures and numbers under `src/test/resources/golden/images`.
final class Golden {

  private Golden() {}

  static JsonNode json(String name) {
    return JsonMapper.shared().readTree(bytes(name));
  }

  static Picture picture(String name) {
    return ImageFiles.read(bytes(name), name);
  }

  static byte[] bytes(String name) {
    return resource("/golden/images/" + name);
  }

  /// A file of `src/test/resources/pictures`, whose README says how they were made.
  static byte[] fixture(String name) {
    return resource("/pictures/" + name);
  }

  private static byte[] resource(String path) {
    try (InputStream in = Golden.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("no test resource " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
