package ai.dimoo.server.mcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The files of the pictures made last, by the URIs under which clients read them. The oldest make
/// room for new ones. Whoever knows a URI may read its picture; they cannot be guessed.
/// Thread-safe.
final class PictureShelf {

  /// The URIs of all pictures.
  static final String TEMPLATE = "dimoo://pictures/{name}";

  private static final String PREFIX = "dimoo://pictures/";
  private static final long MOST_BYTES = 64_000_000;

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private long bytes;

  /// Whether a text names a picture that lies here, or lay.
  static boolean names(String uri) {
    return uri.startsWith(PREFIX);
  }

  /// Puts a file here.
  ///
  /// @return its URI
  synchronized String add(byte[] file) {
    String uri = PREFIX + UUID.randomUUID() + ".png";
    files.put(uri, file);
    bytes += file.length;
    var oldest = files.values().iterator();
    while (bytes > MOST_BYTES && files.size() > 1) {
      bytes -= oldest.next().length;
      oldest.remove();
    }
    return uri;
  }

  /// The file; null if it is not here any more, or never was.
  synchronized byte @Nullable [] get(String uri) {
    return files.get(uri);
  }
}
