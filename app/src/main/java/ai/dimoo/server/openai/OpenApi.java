package ai.dimoo.server.openai;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/openapi.json`: what the server takes and gives, for people and programs.
public final class OpenApi {

  private static final String RESOURCE = "openapi.json";

  private final byte[] text;

  /// Reads the description, and adds the settings of the samplers to it.
  public OpenApi() {
    try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("there is no resource " + RESOURCE);
      }
      JsonMapper json = JsonMapper.builder().build();
      ObjectNode api = (ObjectNode) json.readTree(in);
      ObjectNode schemas = (ObjectNode) api.at("/components/schemas");
      SamplingSchemas.addTo(schemas);
      WarningSchemas.addTo(schemas);
      text =
          json.writerWithDefaultPrettyPrinter()
              .writeValueAsString(api)
              .getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The description.
  public byte[] text() {
    return text.clone();
  }

  /// `GET /openapi.json`
  public void get(Context context) {
    context.contentType("application/json").result(text);
  }
}
