package ai.dimoo.server;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;

/// A multipart body, as forms send it. Not thread-safe.
public final class MultipartBody {

  private final String boundary;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /// @param boundary what parts the parts
  public MultipartBody(String boundary) {
    this.boundary = boundary;
  }

  /// Adds a field.
  public MultipartBody text(String name, String value) {
    return part("name=\"" + name + "\"", "text/plain", value.getBytes(StandardCharsets.UTF_8));
  }

  /// Adds a file with a name.
  public MultipartBody file(String name, String fileName, byte[] bytes) {
    return part("name=\"" + name + "\"; filename=\"" + fileName + "\"", "image/png", bytes);
  }

  /// Adds a file without a name.
  public MultipartBody nameless(String name, byte[] bytes) {
    return part("name=\"" + name + "\"", "application/octet-stream", bytes);
  }

  private MultipartBody part(String disposition, String type, byte[] bytes) {
    body.writeBytes(
        "--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n"
            .formatted(boundary, disposition, type)
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(bytes);
    body.writeBytes(new byte[] {'\r', '\n'});
    return this;
  }

  /// The header `Content-Type`.
  public String type() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /// The whole body.
  public byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(body.toByteArray());
    whole.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return whole.toByteArray();
  }

  /// Makes a request of it.
  public HttpRequest.Builder post(HttpRequest.Builder request) {
    return request
        .header("Content-Type", type())
        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes()));
  }
}
