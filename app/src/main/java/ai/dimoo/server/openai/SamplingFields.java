package ai.dimoo.server.openai;

import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.request.FieldValues;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.server.exchange.Limits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads how something is sampled, a seed drawn if there is none.
final class SamplingFields {

  private final Fields fields;
  private final SamplingKind kind;
  private final Map<SamplingField<?>, Integer> most;

  private SamplingFields(Fields fields, SamplingKind kind, Map<SamplingField<?>, Integer> most) {
    this.fields = fields;
    this.kind = kind;
    this.most = most;
  }

  /// Of pictures.
  ///
  /// @param defaults the model's, which `quality` takes by half or twice
  static Sampling ofPictures(
      Fields fields, SamplingKind kind, ImageSamplerSettings defaults, Limits limits) {
    Sampling sampling =
        new SamplingFields(fields, kind, Map.of(SamplingTable.TIMESTEPS, limits.timesteps()))
            .read();
    int wanted =
        switch (fields.word(
            "quality", List.of("auto", "low", "medium", "high", "standard", "hd"))) {
          case "low" -> Math.max(1, defaults.timesteps() / 2);
          case "high", "hd" -> 2 * defaults.timesteps();
          default -> defaults.timesteps();
        };
    boolean said = sampling.get(SamplingTable.TIMESTEPS) != null;
    boolean usual = wanted == defaults.timesteps() && wanted <= limits.timesteps();
    return said || usual
        ? sampling // where nothing is said, the speed may decide
        : sampling.withTimesteps(Math.min(limits.timesteps(), wanted));
  }

  /// Of an answer.
  ///
  /// @param usual the model's, whose length is the most
  static Sampling ofAnswer(Fields fields, TextSamplerSettings usual) {
    int most = usual.genLength();
    return new SamplingFields(
            fields,
            SamplingKind.ANSWER,
            Map.of(
                SamplingTable.STEPS, most,
                SamplingTable.GEN_LENGTH, most,
                SamplingTable.BLOCK_LENGTH, most))
        .read();
  }

  private Sampling read() {
    Sampling sampling = Sampling.DEFAULT;
    for (SamplingField<?> field : SamplingTable.of(kind)) {
      if (field != SamplingTable.CACHE && !SamplingTable.OF_CACHE.contains(field)) {
        sampling = with(sampling, field, fields);
      }
    }
    return cached(sampling).withSeedDrawn();
  }

  private <T> Sampling with(Sampling sampling, SamplingField<T> field, Fields from) {
    T value = value(field, from);
    return value == null ? sampling : sampling.with(field, value);
  }

  private <T> @Nullable T value(SamplingField<T> field, Fields from) {
    String[] names = SamplingNames.of(field, kind).toArray(String[]::new);
    Object value =
        switch (field.values()) {
          case FieldValues.Whole(int least) ->
              from.integer(least, most.getOrDefault(field, SamplingNames.MOST_INTERVAL), names);
          case FieldValues.Number(double largest) ->
              from.number(Math.min(largest, SamplingNames.MOST_SCALE), names);
          case FieldValues.Seed _ -> from.integer(-1, Long.MAX_VALUE, names);
          case FieldValues.Flag _ -> from.flag(field.name());
          case FieldValues.Choice<?> choice -> choice(choice, field.name(), from);
        };
    return value == null ? null : field.values().type().cast(value);
  }

  private static <E extends Enum<E>> @Nullable E choice(
      FieldValues.Choice<E> choice, String name, Fields from) {
    return from.node(name) == null ? null : choice.parse(from.word(name, choice.words()));
  }

  /// With the max-logit cache, if `cache` asks for it.
  private Sampling cached(Sampling sampling) {
    JsonNode cache = fields.node(SamplingTable.CACHE.name());
    if (cache instanceof ObjectNode) {
      Fields own = fields.within(SamplingTable.CACHE.name());
      Sampling with = sampling.with(SamplingTable.CACHE, true);
      for (SamplingField<?> field : SamplingTable.OF_CACHE) {
        with = with(with, field, own);
      }
      own.requireAllRead(List.of(), SamplingTable.CACHE.name() + ".");
      return with;
    }
    return cache == null ? sampling : with(sampling, SamplingTable.CACHE, fields);
  }
}
