package ai.dimoo.server;

import java.time.Duration;

/// How a server runs.
///
/// @param host address to listen at
/// @param port port to listen at; 0: any that is free
/// @param limits what requests may take
/// @param grace time that running jobs get when the server is stopped
public record ServerOptions(String host, int port, Limits limits, Duration grace) {

  /// This machine only, port 8080, 30 seconds of grace.
  public static final ServerOptions DEFAULT =
      new ServerOptions("127.0.0.1", 8080, Limits.DEFAULT, Duration.ofSeconds(30));
}
