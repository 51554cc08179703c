package ai.dimoo.server;

import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Trust;
import ai.dimoo.server.openai.OfferedAdapters;
import java.time.Duration;

/// How a server runs. Immutable; the `with` methods give a changed copy.
///
/// @param host address to listen at
/// @param port port to listen at; 0: any that is free
/// @param access who may ask
/// @param limits what requests may take
/// @param grace time that running jobs get when the server is stopped
/// @param logPrompts whether the access log shows prompts
/// @param trust how far what clients send is followed
/// @param adapters what of the model's adapters is offered
public record ServerOptions(
    String host,
    int port,
    Access access,
    Limits limits,
    Duration grace,
    boolean logPrompts,
    Trust trust,
    OfferedAdapters adapters) {

  /// This machine only, port 8080, no keys, 30 seconds of grace.
  public static final ServerOptions DEFAULT =
      new ServerOptions(
          "127.0.0.1",
          8080,
          Access.LOCAL,
          Limits.DEFAULT,
          Duration.ofSeconds(30),
          false,
          Trust.DEFAULT,
          OfferedAdapters.NONE);

  /// Another address to listen at.
  public ServerOptions withHost(String other) {
    return new ServerOptions(other, port, access, limits, grace, logPrompts, trust, adapters);
  }

  /// Another port; 0: any that is free.
  public ServerOptions withPort(int other) {
    return new ServerOptions(host, other, access, limits, grace, logPrompts, trust, adapters);
  }

  /// Others may ask.
  public ServerOptions withAccess(Access other) {
    return new ServerOptions(host, port, other, limits, grace, logPrompts, trust, adapters);
  }

  /// Requests may take something else.
  public ServerOptions withLimits(Limits other) {
    return new ServerOptions(host, port, access, other, grace, logPrompts, trust, adapters);
  }

  /// Another time for running jobs when the server is stopped.
  public ServerOptions withGrace(Duration other) {
    return new ServerOptions(host, port, access, limits, other, logPrompts, trust, adapters);
  }

  /// Whether the access log shows prompts.
  public ServerOptions withLogPrompts(boolean other) {
    return new ServerOptions(host, port, access, limits, grace, other, trust, adapters);
  }

  /// What clients send is followed otherwise.
  public ServerOptions withTrust(Trust other) {
    return new ServerOptions(host, port, access, limits, grace, logPrompts, other, adapters);
  }

  /// Other adapters are offered.
  public ServerOptions withAdapters(OfferedAdapters other) {
    return new ServerOptions(host, port, access, limits, grace, logPrompts, trust, other);
  }
}
