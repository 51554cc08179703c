package ai.dimoo.server.openai;

import ai.dimoo.ModelDefaults;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Settings of the samplers under the names under which requests give them.
final class SettingsJson {

  private SettingsJson() {}

  /// Adds how a picture was sampled, the seed among it.
  static void addUsed(ObjectNode to, ImageSamplerSettings settings) {
    add(to, SamplingKind.EDIT, field -> field.of(settings), true);
  }

  /// Adds how an answer was sampled, the seed among it.
  static void addUsed(ObjectNode to, TextSamplerSettings settings) {
    add(to, SamplingKind.ANSWER, field -> field.of(settings), true);
  }

  /// Adds how pictures are sampled where a request does not say.
  static void addDefaults(ObjectNode to, ImageSamplerSettings settings, SamplingKind kind) {
    add(to, kind, field -> field.of(settings), false);
  }

  /// Adds how answers are sampled where a request does not say.
  static void addDefaults(ObjectNode to, TextSamplerSettings settings) {
    add(to, SamplingKind.ANSWER, field -> field.of(settings), false);
  }

  /// Adds the speeds that a model offers, and what they stand for, as its folder may say it.
  static void addSpeeds(ObjectNode to, ModelDefaults defaults, SamplingKind kind) {
    ObjectNode speeds = to.putObject("speeds");
    defaults
        .speeds()
        .offered(kind)
        .forEach((speed, preset) -> {
          ObjectNode settings = speeds.putObject(speed.toString());
          for (SamplingField<?> field : SamplingTable.of(kind)) {
            Object value = preset.get(field);
            if (value != null) {
              put(settings, field.name(), value);
            }
          }
        });
  }

  private static void add(
      ObjectNode to,
      SamplingKind kind,
      Function<SamplingField<?>, @Nullable Object> values,
      boolean withSeed) {
    for (SamplingField<?> field : SamplingTable.of(kind)) {
      Object value = values.apply(field);
      if (value == null || field == SamplingTable.SEED && !withSeed) {
        continue;
      }
      if (SamplingTable.OF_CACHE.contains(field)) {
        put(to.withObject("/" + SamplingTable.CACHE.name()), field.name(), value);
      } else {
        put(to, field.name(), value);
      }
    }
  }

  /// Adds the value of a setting.
  static void put(ObjectNode to, String name, Object value) {
    switch (value) {
      case Integer number -> to.put(name, number);
      case Long number -> to.put(name, number);
      case Double number -> to.put(name, number);
      case Boolean flag -> to.put(name, flag);
      default -> to.put(name, value.toString());
    }
  }
}
