package ai.dimoo.server;

import java.io.IOException;

/// Requests that take the pocket model many seconds.
final class LongRequests {

  static final String PATH = "/v1/images/generations";

  private LongRequests() {}

  /// Ten large pictures.
  ///
  /// @param seed makes requests differ, so that none joins another
  static String plain(int seed) {
    return body(seed, false);
  }

  /// The same as a stream.
  static String streamed(int seed) {
    return body(seed, true);
  }

  private static String body(int seed, boolean stream) {
    return """
    {"prompt": "a red circle", "size": "256x256", "untrained_size": "force",
     "timesteps": 64, "n": 10, "seed": %d,
     "stream": %b, "progress": true}\
    """
        .formatted(seed, stream);
  }

  /// Sends one on a new connection, and returns when the engine is at work on it.
  static RawConnection begin(DimooServer server, int seed) throws IOException {
    RawConnection connection = new RawConnection(server.port());
    connection.post(PATH, streamed(seed));
    connection.lineThatBeginsWith("event: dimoo.progress");
    return connection;
  }
}
