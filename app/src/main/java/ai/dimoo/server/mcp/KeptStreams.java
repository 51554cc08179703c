package ai.dimoo.server.mcp;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The streams of calls under way, and of those that ended last: the oldest make room for new ones.
/// Thread-safe.
final class KeptStreams {

  private static final long MOST_BYTES = 64_000_000;

  private final Map<String, KeptStream> streams = new LinkedHashMap<>();

  /// A place in a stream.
  ///
  /// @param count how many of its events the client has
  record Place(KeptStream stream, int count) {}

  /// Begins to keep one.
  synchronized KeptStream begin(String session) {
    KeptStream begun = new KeptStream(session);
    streams.put(begun.name(), begun);
    long bytes = streams.values().stream().mapToLong(KeptStream::bytes).sum();
    Iterator<KeptStream> oldest = streams.values().iterator();
    while (bytes > MOST_BYTES && oldest.hasNext()) {
      KeptStream stream = oldest.next();
      if (stream.ended()) {
        bytes -= stream.bytes();
        oldest.remove();
      }
    }
    return begun;
  }

  /// The place that an event's id names; null: there is none for this session.
  synchronized @Nullable Place find(String id, String session) {
    String[] parts = id.split("/", 2);
    KeptStream stream = streams.get(parts[0]);
    return stream != null
            && stream.isOf(session)
            && parts.length == 2
            && parts[1].matches("\\d{1,9}")
        ? new Place(stream, Integer.parseInt(parts[1]))
        : null;
  }
}
