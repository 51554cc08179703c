package ai.dimoo.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A hub on this machine, and a storage server on another port to which it redirects large files,
/// as huggingface.co does. Faults are set before a test; each is used up by one request.
final class HubServer implements AutoCloseable {

  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  static final String REPO = "org/model";

  /// What goes wrong with one answer to a GET.
  enum Fault {
    DROP_MIDWAY,
    CORRUPT,
    UNAVAILABLE,
    STALL
  }

  record Seen(boolean storage, String method, String path, String range, String authorization) {}

  final Map<String, byte[]> files = new TreeMap<>();
  final Map<String, byte[]> largeFiles = new TreeMap<>();
  final List<Seen> requests = new CopyOnWriteArrayList<>();
  final Map<String, List<Fault>> faults = new TreeMap<>();
  final CountDownLatch end = new CountDownLatch(1);
  boolean ignoreRange;
  int status = 200;
  String errorCode = "";
  String redirectTo = "";
  String requiredToken = "";
  String requiredProxyAuthorization = "";
  String listedCommit = COMMIT;

  private final HttpServer hub = start(false);
  private final HttpServer storage = start(true);

  private HttpServer start(boolean isStorage) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
      server.createContext("/", exchange -> handle(exchange, isStorage));
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String endpoint() {
    return "http://127.0.0.1:" + hub.getAddress().getPort();
  }

  void fail(String file, Fault... how) {
    faults.put(file, new ArrayList<>(List.of(how)));
  }

  List<Seen> gets(String file) {
    return requests.stream()
        .filter(seen -> seen.method().equals("GET") && seen.path().endsWith("/" + file))
        .filter(seen -> seen.storage() == largeFiles.containsKey(file))
        .toList();
  }

  private void handle(HttpExchange exchange, boolean isStorage) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    requests.add(
        new Seen(
            isStorage,
            exchange.getRequestMethod(),
            path,
            exchange.getRequestHeaders().getFirst("Range"),
            token));
    try (exchange) {
      String proxyAuthorization = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
      if (!isStorage
          && !requiredProxyAuthorization.isEmpty()
          && !requiredProxyAuthorization.equals(proxyAuthorization)) {
        exchange.sendResponseHeaders(407, -1);
      } else if (isStorage) {
        body(exchange, path.substring(1), largeFiles.get(path.substring(1)));
      } else if (status != 200
          || !(requiredToken.isEmpty() || ("Bearer " + requiredToken).equals(token))) {
        exchange.getResponseHeaders().set("X-Error-Code", errorCode);
        exchange.sendResponseHeaders(status == 200 ? 401 : status, -1);
      } else if (!redirectTo.isEmpty()) {
        exchange.getResponseHeaders().set("Location", redirectTo);
        exchange.sendResponseHeaders(307, -1);
      } else if (path.startsWith("/api/models/" + REPO + "/revision/")) {
        list(exchange);
      } else if (path.startsWith("/" + REPO + "/resolve/" + COMMIT + "/")) {
        resolve(exchange, path.substring(("/" + REPO + "/resolve/" + COMMIT + "/").length()));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void list(HttpExchange exchange) throws IOException {
    List<String> siblings = new ArrayList<>();
    files.keySet().forEach(name -> siblings.add("{\"rfilename\":\"" + name + "\"}"));
    largeFiles.keySet().forEach(name -> siblings.add("{\"rfilename\":\"" + name + "\"}"));
    send(
        exchange,
        200,
        ("{\"sha\":\"" + listedCommit + "\",\"siblings\":[" + String.join(",", siblings) + "]}")
            .getBytes(StandardCharsets.UTF_8));
  }

  private void resolve(HttpExchange exchange, String name) throws IOException {
    exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
    byte[] large = largeFiles.get(name);
    byte[] small = files.get(name);
    if (large != null) {
      exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + sha256(large) + "\"");
      exchange.getResponseHeaders().set("X-Linked-Size", "" + large.length);
      exchange
          .getResponseHeaders()
          .set("Location", "http://127.0.0.1:" + storage.getAddress().getPort() + "/" + name);
      exchange.sendResponseHeaders(302, -1);
    } else if (small != null) {
      exchange.getResponseHeaders().set("ETag", "\"" + gitSha1(small) + "\"");
      body(exchange, name, small);
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  private void body(HttpExchange exchange, String name, byte[] content) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + content.length);
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    Fault fault = nextFault(name);
    if (fault == Fault.UNAVAILABLE) {
      exchange.sendResponseHeaders(503, -1);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from =
        range == null || ignoreRange
            ? 0
            : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    byte[] part = Arrays.copyOfRange(content, from, content.length);
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    if (fault == null) {
      send(exchange, from > 0 ? 206 : 200, part);
    } else {
      sendBadly(exchange, from > 0 ? 206 : 200, part, fault);
    }
  }

  private Fault nextFault(String name) {
    List<Fault> left = faults.getOrDefault(name, List.of());
    return left.isEmpty() ? null : left.removeFirst();
  }

  private void sendBadly(HttpExchange exchange, int code, byte[] part, Fault fault)
      throws IOException {
    if (fault == Fault.CORRUPT) {
      part[part.length / 2] ^= 1;
      send(exchange, code, part);
      return;
    }
    exchange.sendResponseHeaders(code, part.length);
    OutputStream out = exchange.getResponseBody();
    out.write(part, 0, part.length / 2);
    out.flush();
    if (fault == Fault.STALL) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void send(HttpExchange exchange, int code, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  static String sha256(byte[] bytes) {
    return hash("SHA-256", bytes);
  }

  static String gitSha1(byte[] bytes) {
    byte[] head = ("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(head, head.length + bytes.length);
    System.arraycopy(bytes, 0, all, head.length, bytes.length);
    return hash("SHA-1", all);
  }

  private static String hash(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    end.countDown();
    hub.stop(0);
    storage.stop(0);
  }
}
