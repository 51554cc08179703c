package ai.dimoo.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/// Requests that no honest client sends, made up from a seed.
final class HostileRequests {

  /// @param name what is wrong with it
  /// @param bytes what is sent
  /// @param http whether it looks like HTTP, so that an answer is owed
  record Hostile(String name, byte[] bytes, boolean http) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String GENERATIONS = "/v1/images/generations";
  private static final String EDITS = "/v1/images/edits";
  private static final String TOOLS = "/mcp";
  private static final String TXT2IMG = "/sdapi/v1/txt2img";
  private static final String CHAT = "/v1/chat/completions";

  private final Random random;
  private final List<Hostile> requests = new ArrayList<>();

  private HostileRequests(long seed) {
    random = new Random(seed);
  }

  /// At least this many, of every kind.
  static List<Hostile> make(int count, long seed) {
    HostileRequests all = new HostileRequests(seed);
    while (all.requests.size() < count) {
      all.addRound();
    }
    return all.requests;
  }

  private void addRound() {
    notHttp();
    lines();
    headers();
    paths();
    lengths();
    chunks();
    types();
    json();
    fields();
    multipart();
    bombs();
  }

  private void notHttp() {
    byte[] noise = new byte[1 + random.nextInt(3000)];
    random.nextBytes(noise);
    requests.add(new Hostile("random bytes", noise, false));
    byte[] ended = noise.clone();
    System.arraycopy(
        "\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
        0,
        ended,
        ended.length / 2,
        Math.min(4, ended.length - ended.length / 2));
    requests.add(new Hostile("random bytes with an end of headers", ended, false));
    requests.add(
        new Hostile(
            "the beginning of TLS", bytes("\u0016\u0003\u0001\u0002\u0000" + word(500)), false));
    requests.add(
        new Hostile("the preface of HTTP/2", bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), false));
  }

  private void lines() {
    add("no version", "GET /" + word(5) + "\r\n\r\n");
    add(
        "an unknown version",
        "GET / HTTP/" + random.nextInt(2, 10) + "." + random.nextInt(10) + "\r\n" + host());
    add(
        "an unknown method",
        request(word(1 + random.nextInt(30)).toUpperCase(), "/" + word(8), "", ""));
    add("a control character in the line", "GET /\u0001" + word(3) + " HTTP/1.1\r\n" + host());
    add("a tunnel", "CONNECT " + word(6) + ":22 HTTP/1.1\r\n" + host());
    add("TRACE", request("TRACE", "/" + word(4), "", ""));
    add("no host", "GET /" + word(4) + " HTTP/1.1\r\n\r\n");
    add("two hosts", "GET /" + word(4) + " HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
    add(
        "another host",
        "GET /"
            + word(4)
            + " HTTP/1.1\r\nHost: "
            + word(9)
            + ".example\r\nConnection: close\r\n\r\n");
  }

  private void headers() {
    add(
        "a huge header",
        request(
            "GET",
            "/",
            "X-" + word(3) + ": " + word(random.nextInt(25_000, 200_000)) + "\r\n",
            ""));
    add(
        "many headers",
        request("GET", "/", ("X-" + word(3) + ": " + word(20) + "\r\n").repeat(5_000), ""));
    add("a header without a colon", request("GET", "/" + word(3), word(10) + "\r\n", ""));
    add(
        "a header with a space in its name",
        request("POST", GENERATIONS, "Content Length: 3\r\n", "{}"));
    add(
        "a header in two lines",
        request("GET", "/" + word(3), "X: a\r\n  " + word(4) + "\r\n", ""));
    add("an expectation", request("POST", GENERATIONS, "Expect: " + word(8) + "\r\n", "{}"));
    add(
        "an upgrade",
        request(
            "GET",
            GENERATIONS,
            "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n",
            ""));
  }

  private void paths() {
    add("a long path", request("GET", "/" + word(random.nextInt(5_000, 100_000)), "", ""));
    for (String name :
        List.of(
            "/../../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/..%2f..%2f..%2fetc%2fpasswd",
            "/..%5c..%5cwindows%5cwin.ini",
            "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
            "/v1/models/..%2f..%2f..%2f..%2fetc%2fpasswd",
            "/page/..;/..;/etc/passwd",
            "//etc/passwd",
            "/%00",
            "/%zz",
            "/file:///etc/passwd")) {
      add(
          "the path " + name,
          request("GET", name + (random.nextBoolean() ? "?" + word(3) : ""), "", ""));
    }
  }

  private void lengths() {
    add(
        "a negative length",
        request("POST", GENERATIONS, "Content-Length: -" + random.nextInt(1, 99) + "\r\n", null));
    add(
        "a length that is no number",
        request("POST", GENERATIONS, "Content-Length: " + word(4) + "\r\n", null));
    add(
        "a length beyond all numbers",
        request("POST", GENERATIONS, "Content-Length: 9" + "9".repeat(30) + "\r\n", null));
    add("a huge length", request("POST", GENERATIONS, "Content-Length: 999999999999\r\n", null));
    add(
        "two lengths",
        request("POST", GENERATIONS, "Content-Length: 2\r\nContent-Length: 5\r\n", null) + "{}");
    add(
        "a length and chunks",
        request("POST", GENERATIONS, "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", null)
            + "0\r\n\r\n");
    add(
        "fewer bytes than said",
        request("POST", GENERATIONS, "Content-Length: 1000\r\n", null)
            + "{\"prompt\":\""
            + word(10));
  }

  private void chunks() {
    String start = request("POST", GENERATIONS, "Transfer-Encoding: chunked\r\n", null);
    add("a chunk of no size", start + word(3) + "z\r\n{}\r\n0\r\n\r\n");
    add("a chunk of negative size", start + "-5\r\n{}\r\n0\r\n\r\n");
    add("a chunk of huge size", start + "fffffffffffffffff\r\n{}\r\n");
    add("a chunk that ends too soon", start + "ff\r\n{\"prompt\":");
    add(
        "an unknown transfer",
        request("POST", GENERATIONS, "Transfer-Encoding: " + word(5) + "\r\n", null));
  }

  private void types() {
    add(
        "a type of its own",
        request("POST", GENERATIONS, "Content-Type: application/" + word(6) + "\r\n", "{}"));
    add("no type at all", request("POST", GENERATIONS, "Content-Type: " + word(3) + "\r\n", "{}"));
    add(
        "a form",
        request(
            "POST",
            GENERATIONS,
            "Content-Type: application/x-www-form-urlencoded\r\n",
            "prompt=" + word(5)));
    add(
        "a body of another encoding",
        request("POST", GENERATIONS, jsonType() + "Content-Encoding: br\r\n", word(30)));
  }

  private void json() {
    int depth = random.nextInt(100, 100_000);
    add("deep lists", post(GENERATIONS, "[".repeat(depth)));
    add("deep objects", post(GENERATIONS, "{\"prompt\":" + "{\"a\":".repeat(depth)));
    add("half of an object", post(GENERATIONS, "{\"prompt\": \"" + word(9)));
    add("words", post(CHAT, word(40)));
    add("a list", post(GENERATIONS, "[\"" + word(5) + "\"]"));
    add("nothing", post(GENERATIONS, ""));
    add(
        "a number of many digits",
        post(GENERATIONS, "{\"prompt\":\"a\",\"n\":" + "9".repeat(5_000) + "}"));
    add("a huge exponent", post(GENERATIONS, "{\"prompt\":\"a\",\"seed\":1e999999999}"));
    add("a long name", post(GENERATIONS, "{\"" + word(200_000) + "\":1}"));
    requests.add(
        new Hostile(
            "bad UTF-8",
            bytes(
                request("POST", GENERATIONS, jsonType() + "Content-Length: 17\r\n", null)
                    + "{\"prompt\":\"\u00c3\u0028\u00ff\u00a0\"}"),
            true));
    requests.add(
        new Hostile(
            "overlong UTF-8",
            bytes(
                request("POST", GENERATIONS, jsonType() + "Content-Length: 16\r\n", null)
                    + "{\"prompt\":\"\u00c0\u00ae\u00c0\"}"),
            true));
  }

  private void fields() {
    List<String> values =
        new ArrayList<>(
            List.of(
                "{\"prompt\":5}",
                "{\"prompt\":[\"a\"]}",
                "{\"prompt\":{}}",
                "{\"prompt\":null}",
                "{\"prompt\":\"" + word(9_000) + "\"}",
                "{\"prompt\":\"a\",\"n\":-1}",
                "{\"prompt\":\"a\",\"n\":\"many\"}",
                "{\"prompt\":\"a\",\"n\":1.5}",
                "{\"prompt\":\"a\",\"size\":\"0x0\"}",
                "{\"prompt\":\"a\",\"size\":\"-64x64\"}",
                "{\"prompt\":\"a\",\"size\":\"99999999999x64\"}",
                "{\"prompt\":\"a\",\"size\":\"2147483640x2147483640\"}",
                "{\"prompt\":\"a\",\"size\":7}",
                "{\"prompt\":\"a\",\"num_inference_steps\":0}",
                "{\"prompt\":\"a\",\"num_inference_steps\":1000000000}",
                "{\"prompt\":\"a\",\"guidance_scale\":\"NaN\"}",
                "{\"prompt\":\"a\",\"guidance_scale\":-1}",
                "{\"prompt\":\"a\",\"guidance_scale\":[1]}",
                "{\"prompt\":\"a\",\"seed\":\"x\"}",
                "{\"prompt\":\"a\",\"seed\":99999999999999999999}",
                "{\"prompt\":\"a\",\"stream\":\"perhaps\"}",
                "{\"prompt\":\"a\",\"output_format\":\"../../x\"}",
                "{\"prompt\":\"a\",\"cache\":{\"cache_ratio\":9}}",
                "{\"prompt\":\"<sd_cpp_extra_args>{</sd_cpp_extra_args>a\"}"));
    Collections.shuffle(values, random);
    values
        .subList(0, 12)
        .forEach(value -> add("the fields " + start(value), post(GENERATIONS, value)));
    add(
        "messages of a wrong type",
        post(CHAT, "{\"model\":\"pocket\",\"messages\":" + random.nextInt() + "}"));
    add(
        "messages with a wrong part",
        post(
            CHAT,
            "{\"model\":\"pocket\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"file:///etc/passwd\"}}]}]}"));
  }

  private void multipart() {
    String boundary = word(20);
    String type = "Content-Type: multipart/form-data; boundary=" + boundary + "\r\n";
    String part =
        "--"
            + boundary
            + "\r\n"
            + "Content-Disposition: form-data; name=\"image\"; filename=\"%s\"\r\n"
            + "Content-Type: image/png\r\n\r\n";
    add(
        "parts without a boundary",
        request("POST", EDITS, "Content-Type: multipart/form-data\r\n", word(50)));
    add(
        "parts that end too soon",
        request("POST", EDITS, type, part.formatted("a.png") + word(30)));
    add(
        "a part cut within its headers",
        request("POST", EDITS, type, part.formatted("a.png").substring(0, 40)));
    add(
        "parts fewer than said",
        request("POST", EDITS, type + "Content-Length: 5000\r\n", null) + part.formatted("a.png"));
    add(
        "a name that climbs",
        request(
            "POST",
            EDITS,
            type,
            part.formatted("../../../../tmp/" + word(5))
                + word(30)
                + "\r\n--"
                + boundary
                + "--\r\n"));
    add(
        "very many parts",
        request(
            "POST",
            EDITS,
            type,
            ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n")
                    .repeat(20_000)
                + "--"
                + boundary
                + "--\r\n"));
    add(
        "a part with a huge header",
        request(
            "POST",
            EDITS,
            type,
            "--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\""
                + word(100_000)
                + "\"\r\n\r\nb\r\n--"
                + boundary
                + "--\r\n"));
    add(
        "a huge boundary",
        request(
            "POST",
            EDITS,
            "Content-Type: multipart/form-data; boundary=" + word(5_000) + "\r\n",
            word(30)));
  }

  private void bombs() {
    ByteArrayOutputStream zeros = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zeros)) {
      gzip.write(new byte[5_000_000]);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    add(
        "a bomb as the body",
        request(
            "POST",
            GENERATIONS,
            jsonType() + "Content-Encoding: gzip\r\n",
            zeros.toString(StandardCharsets.ISO_8859_1)));
    byte[] bomb = pictureThatClaims(random.nextInt(50_000, 2_000_000_000), 60_000);
    String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(bomb);
    add(
        "a bomb as a picture",
        post(EDITS, "{\"prompt\":\"a\",\"images\":[{\"image_url\":\"" + url + "\"}]}"));
    add(
        "a bomb in a question",
        post(
            CHAT,
            "{\"model\":\"pocket\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\""
                + url
                + "\"}}]}]}"));
    for (String path : List.of(GENERATIONS, TOOLS, TXT2IMG)) {
      add("a bomb of nodes", post(path, "{\"prompt\":[" + "{},".repeat(200_000) + "{}]}"));
    }
    add(
        "a bomb as a mask",
        post(
            "/sdapi/v1/img2img",
            "{\"prompt\":\"a\",\"init_images\":[\"%s\"],\"mask\":\"%s\"}".formatted(url, url)));
    String boundary = word(20);
    add(
        "a bomb in a part",
        request(
            "POST",
            EDITS,
            "Content-Type: multipart/form-data; boundary=" + boundary + "\r\n",
            "--%s\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\na\r\n--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n%s\r\n--%s--\r\n"
                .formatted(
                    boundary, boundary, new String(bomb, StandardCharsets.ISO_8859_1), boundary)));
  }

  /// A few bytes of PNG whose header promises more pixels than any memory holds.
  private static byte[] pictureThatClaims(int width, int height) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(bytes("\u0089PNG\r\n\u001a\n"));
    byte[] header = new byte[17];
    System.arraycopy(bytes("IHDR"), 0, header, 0, 4);
    for (int i = 0; i < 4; i++) {
      header[4 + i] = (byte) (width >>> 24 - 8 * i);
      header[8 + i] = (byte) (height >>> 24 - 8 * i);
    }
    header[12] = 8;
    header[13] = 2;
    png.writeBytes(new byte[] {0, 0, 0, 13});
    png.writeBytes(header);
    CRC32 crc = new CRC32();
    crc.update(header);
    for (int i = 0; i < 4; i++) {
      png.write((byte) (crc.getValue() >>> 24 - 8 * i));
    }
    return png.toByteArray();
  }

  private void add(String name, String text) {
    requests.add(new Hostile(name, bytes(text), true));
  }

  private static String post(String path, String body) {
    return request("POST", path, jsonType(), body);
  }

  private static String jsonType() {
    return "Content-Type: application/json\r\n";
  }

  private static String host() {
    return "Host: localhost\r\nConnection: close\r\n\r\n";
  }

  /// @param body null: the headers say what they like about it
  private static String request(String method, String path, String headers, String body) {
    String length =
        body == null || body.isEmpty() && method.equals("GET")
            ? ""
            : "Content-Length: " + body.length() + "\r\n";
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + headers
        + length
        + "\r\n"
        + (body == null ? "" : body);
  }

  private String word(int length) {
    StringBuilder word = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }

  private static String start(String text) {
    return text.length() < 80 ? text : text.substring(0, 80);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
