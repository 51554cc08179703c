package ai.dimoo.server.openai;

import ai.dimoo.request.FieldValues;
import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Adds the fields of the {@link SamplingTable} to the schemas of requests and answers.
final class SamplingSchemas {

  private final ObjectNode schemas;

  private SamplingSchemas(ObjectNode schemas) {
    this.schemas = schemas;
  }

  /// @param schemas `#/components/schemas`, complete but for those fields
  static void addTo(ObjectNode schemas) {
    SamplingSchemas adding = new SamplingSchemas(schemas);
    adding.request("GenerationRequest", SamplingKind.PICTURE);
    adding.request("EditRequest", SamplingKind.EDIT);
    adding.request("EditForm", SamplingKind.EDIT);
    adding.request("ChatRequest", SamplingKind.ANSWER);
    adding.request("ChatRequest", SamplingKind.EDIT); // a picture may be the answer
    adding.used("PictureMade", SamplingKind.EDIT);
    adding.used("AnswerMade", SamplingKind.ANSWER);
    adding.cacheUsed();
    ObjectNode model = (ObjectNode) schemas.get("ModelDetails");
    adding.defaults(model, SamplingKind.EDIT);
    adding.defaults((ObjectNode) model.at("/properties/text"), SamplingKind.ANSWER);
  }

  /// Adds the fields under their own names alone, where they are not there yet.
  static void addSettings(ObjectNode properties, SamplingKind kind) {
    for (SamplingField<?> field : SamplingTable.of(kind)) {
      if (field == SamplingTable.CACHE) {
        cache(properties.putObject(field.name()), kind);
      } else if (!SamplingTable.OF_CACHE.contains(field) && !properties.has(field.name())) {
        described(properties.putObject(field.name()), field, kind);
      }
    }
  }

  private void request(String schema, SamplingKind kind) {
    ObjectNode properties = (ObjectNode) schemas.get(schema).get("properties");
    addSettings(properties, kind);
    for (SamplingField<?> field : SamplingTable.of(kind)) {
      for (String other : SamplingNames.others(field, kind)) {
        if (!properties.has(other)) {
          values(properties.putObject(other), field)
              .put("description", "The same as `%s`.".formatted(field.name()));
        }
      }
    }
  }

  private static void cache(ObjectNode cache, SamplingKind kind) {
    cache.put("description", SamplingTable.CACHE.words(kind).help() + ".");
    ArrayNode forms = cache.putArray("oneOf");
    forms.addObject().put("type", "boolean");
    ObjectNode settings =
        forms.addObject().put("type", "object").put("additionalProperties", false);
    ObjectNode properties = settings.putObject("properties");
    for (SamplingField<?> field : SamplingTable.OF_CACHE) {
      described(properties.putObject(field.name()), field, kind);
    }
  }

  private static void described(ObjectNode schema, SamplingField<?> field, SamplingKind kind) {
    SamplingField.Words words = field.words(kind);
    values(schema, field)
        .put("description", "%s. Default: %s.".formatted(words.help(), words.usual()));
  }

  private static ObjectNode values(ObjectNode schema, SamplingField<?> field) {
    switch (field.values()) {
      case FieldValues.Whole(int least) -> {
        schema.put("type", "integer").put("minimum", least);
        if (SamplingTable.OF_CACHE.contains(field)) {
          schema.put("maximum", SamplingNames.MOST_INTERVAL);
        }
      }
      case FieldValues.Number(double most) ->
          schema
              .put("type", "number")
              .put("minimum", 0)
              .put("maximum", (int) Math.min(most, SamplingNames.MOST_SCALE));
      case FieldValues.Seed _ ->
          schema.put("type", "integer").put("format", "int64").put("minimum", -1);
      case FieldValues.Flag _ -> schema.put("type", "boolean");
      case FieldValues.Choice<?> choice -> choice.words().forEach(schema.putArray("enum")::add);
    }
    return schema;
  }

  private void used(String schema, SamplingKind kind) {
    ObjectNode made = (ObjectNode) schemas.get(schema);
    plain(made, kind, List.of());
    ((ObjectNode) made.get("properties"))
        .putObject(SamplingTable.CACHE.name())
        .put("$ref", "#/components/schemas/CacheUsed");
  }

  private void defaults(ObjectNode schema, SamplingKind kind) {
    plain(schema, kind, List.of(SamplingTable.SEED));
  }

  /// Fields that are always there.
  private static void plain(ObjectNode schema, SamplingKind kind, List<SamplingField<?>> without) {
    for (SamplingField<?> field : SamplingTable.of(kind)) {
      boolean plain = field.isInSettings() && !SamplingTable.OF_CACHE.contains(field);
      if (plain && !without.contains(field)) {
        values(((ObjectNode) schema.get("properties")).putObject(field.name()), field);
        ((ArrayNode) schema.get("required")).add(field.name());
      }
    }
  }

  private void cacheUsed() {
    ObjectNode cache = (ObjectNode) schemas.get("CacheUsed");
    for (SamplingField<?> field : SamplingTable.OF_CACHE) {
      values(((ObjectNode) cache.get("properties")).putObject(field.name()), field);
      ((ArrayNode) cache.get("required")).add(field.name());
    }
  }
}
