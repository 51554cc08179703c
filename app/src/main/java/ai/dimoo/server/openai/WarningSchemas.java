package ai.dimoo.server.openai;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Adds the fields that mean nothing here to the schemas of requests, and `warnings` to those of
/// answers. No other field is taken.
final class WarningSchemas {

  private WarningSchemas() {}

  /// @param schemas `#/components/schemas`
  static void addTo(ObjectNode schemas) {
    for (String request : List.of("GenerationRequest", "EditRequest", "EditForm")) {
      meaningless((ObjectNode) schemas.get(request), Warnings.PICTURE_FIELDS);
    }
    meaningless((ObjectNode) schemas.get("ChatRequest"), Warnings.CHAT_FIELDS);
    for (String closed : List.of("GenerationRequest", "EditRequest", "ChatRequest")) {
      ((ObjectNode) schemas.get(closed)).put("additionalProperties", false);
    }
    for (String answer : List.of("Pictures", "PictureEvent", "ChatCompletion", "ChatChunk")) {
      ObjectNode warnings = properties((ObjectNode) schemas.get(answer)).putObject("warnings");
      warnings
          .put("type", "array")
          .put(
              "description", "What of the request had no effect, a sentence each; absent if none.");
      warnings.putObject("items").put("type", "string");
    }
  }

  private static void meaningless(ObjectNode schema, List<String> names) {
    for (String name : names) {
      if (!name.equals("model")) {
        properties(schema)
            .putObject(name)
            .put("description", "Taken, has no effect, and is named in `warnings` of the answer.");
      }
    }
  }

  private static ObjectNode properties(ObjectNode schema) {
    return (ObjectNode) schema.get("properties");
  }
}
