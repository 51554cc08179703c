package ai.dimoo.server.exchange;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/// The connection of a request whose body was read whole, to see whether the client is still there.
/// Jetty does not look while a handler is at work.
public final class ClientConnection {

  private final @Nullable SocketChannel channel;
  private final Context context;
  private boolean gone;

  /// The connection of a request.
  public ClientConnection(Context context) {
    this.context = context;
    Object transport =
        ServletContextRequest.getServletContextRequest(context.req())
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint()
            .getTransport();
    channel = transport instanceof SocketChannel socket ? socket : null;
  }

  /// Whether the client has closed it.
  public boolean gone() {
    if (gone || channel == null) {
      return gone;
    }
    try {
      // The channel does not block. A byte would be the beginning of a next request, sent before
      // this one was answered: it is lost, so the connection must not be used for that one.
      int read = channel.read(ByteBuffer.allocate(1));
      if (read > 0) {
        context.res().setHeader("Connection", "close");
      }
      gone = read < 0;
    } catch (IOException e) {
      gone = true;
    }
    return gone;
  }
}
