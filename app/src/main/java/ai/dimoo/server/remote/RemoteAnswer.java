package ai.dimoo.server.remote;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// The answer to one GET, over a connection to an address that the caller chose. `HttpClient` would
/// resolve the name again, to what may be another address by then.
///
/// @param status HTTP status
/// @param location where it is to be found instead; null: the answer does not say
/// @param body empty unless the status is 200
record RemoteAnswer(int status, @Nullable String location, byte[] body) {

  private static final int LONGEST_LINE = 8_192;
  private static final int MOST_HEADERS = 100;

  /// More came than is taken.
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /// @param address one of the URL's host
  /// @param deadline in terms of `System.nanoTime`
  /// @throws SocketTimeoutException if it takes longer
  /// @throws TooLargeException if the body is larger than `mostBytes`
  static RemoteAnswer get(URI uri, InetAddress address, long mostBytes, long deadline)
      throws IOException {
    boolean secure = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(address, port), left(deadline));
      plain.setSoTimeout(left(deadline));
      Socket socket = secure ? secured(plain, uri.getHost(), port) : plain;
      socket.getOutputStream().write(request(uri).getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      InputStream in =
          new BufferedInputStream(new UntilDeadline(socket.getInputStream(), plain, deadline));
      return read(in, mostBytes);
    }
  }

  private static int left(long deadline) throws SocketTimeoutException {
    long left = (deadline - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) left;
  }

  /// The certificate must be for the URL's host, whatever the address is.
  private static SSLSocket secured(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, false);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static String request(URI uri) {
    URI ascii = URI.create(uri.toASCIIString());
    String path =
        ascii.getRawPath() == null || ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    String host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    return "GET "
        + path
        + query
        + " HTTP/1.1\r\n"
        + "Host: "
        + host
        + "\r\n"
        + "Accept: image/png, image/jpeg, image/webp\r\n"
        + "Accept-Encoding: identity\r\n"
        + "User-Agent: dimoo\r\n"
        + "Connection: close\r\n\r\n";
  }

  private static RemoteAnswer read(InputStream in, long mostBytes) throws IOException {
    String[] words = line(in).split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("\\d{3}")) {
      throw new ProtocolException("no status line");
    }
    int status = Integer.parseInt(words[1]);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 1 || headers.size() == MOST_HEADERS) {
        throw new ProtocolException("malformed or too many headers");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    byte[] body = status == 200 ? body(in, headers, mostBytes) : new byte[0];
    return new RemoteAnswer(status, headers.get("location"), body);
  }

  private static byte[] body(InputStream in, Map<String, String> headers, long mostBytes)
      throws IOException {
    String coding = headers.getOrDefault("transfer-encoding", "identity");
    if (coding.equalsIgnoreCase("chunked")) {
      return chunks(in, mostBytes);
    }
    String length = headers.get("content-length");
    if (length == null) {
      byte[] body = in.readNBytes((int) Math.min(mostBytes + 1, Integer.MAX_VALUE));
      if (body.length > mostBytes) {
        throw new TooLargeException();
      }
      return body;
    }
    return exactly(in, number(length, 10), mostBytes);
  }

  private static byte[] chunks(InputStream in, long mostBytes) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      long size = number(line(in).split(";", 2)[0].strip(), 16);
      if (size == 0) {
        return body.toByteArray();
      }
      body.writeBytes(exactly(in, size, mostBytes - body.size()));
      if (!line(in).isEmpty()) {
        throw new ProtocolException("malformed chunk");
      }
    }
  }

  private static byte[] exactly(InputStream in, long size, long mostBytes) throws IOException {
    if (size > mostBytes) {
      throw new TooLargeException();
    }
    byte[] bytes = in.readNBytes((int) size);
    if (bytes.length < size) {
      throw new EOFException();
    }
    return bytes;
  }

  private static long number(String text, int radix) throws IOException {
    try {
      long number = Long.parseLong(text, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new ProtocolException("malformed length");
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (line.length() == LONGEST_LINE) {
        throw new ProtocolException("a line is too long");
      }
      line.append((char) c);
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }

  /// Each read may take what is left of the time for all of them.
  private static final class UntilDeadline extends InputStream {

    private final InputStream in;
    private final Socket socket;
    private final long deadline;

    UntilDeadline(InputStream in, Socket socket, long deadline) {
      this.in = in;
      this.socket = socket;
      this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
      socket.setSoTimeout(left(deadline));
      return in.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      socket.setSoTimeout(left(deadline));
      return in.read(to, offset, length);
    }
  }
}
