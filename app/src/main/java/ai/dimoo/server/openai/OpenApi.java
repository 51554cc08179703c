package ai.dimoo.server.openai;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// `/openapi.json`: what the server takes and gives, for people and programs.
public final class OpenApi {

  private static final String RESOURCE = "openapi.json";

  private final byte[] text;

  /// Reads the description.
  public OpenApi() {
    try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("there is no resource " + RESOURCE);
      }
      text = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `GET /openapi.json`
  public void get(Context context) {
    context.contentType("application/json").result(text);
  }
}
