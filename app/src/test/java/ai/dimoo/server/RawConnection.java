package ai.dimoo.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/// A socket on which a test sends whatever bytes it likes, HTTP or not.
public final class RawConnection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;

  /// Connects to this machine.
  public RawConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /// Sends bytes; those that the other side does not want any more are lost.
  public void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // it has answered already and closed
    }
  }

  /// Sends text, characters being bytes.
  public void send(String text) {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Sends a POST of JSON.
  public void post(String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    send(
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, body.length));
    send(body);
  }

  /// Says that nothing more will be sent.
  public void endSending() throws IOException {
    try {
      socket.shutdownOutput();
    } catch (SocketException e) {
      // closed by the other side
    }
  }

  /// A line without its end; null if the connection was closed before.
  public String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next;
    while ((next = in.read()) >= 0) {
      if (next == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
      }
      line.write(next);
    }
    return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
  }

  /// Reads lines up to the first that begins so.
  public String lineThatBeginsWith(String start) throws IOException {
    String line;
    while ((line = line()) != null) {
      if (line.startsWith(start)) {
        return line;
      }
    }
    throw new IOException("closed before a line that begins with " + start);
  }

  /// Everything that comes until the other side closes the connection.
  public byte[] rest() throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    try {
      in.transferTo(rest);
    } catch (SocketException e) {
      // closed with bytes unread, which is a close all the same
    }
    return rest.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
