package ai.dimoo.server.openai;

import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.request.UntrainedSize;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What holds for requests for pictures from words that do not say otherwise. Immutable.
///
/// @param sampling how they are sampled
/// @param width pixels; null: the model's own
/// @param height pixels; null: the model's own
/// @param untrainedSize what is done where the model was not trained for a size; null: as always
public record UsualFields(
    Sampling sampling,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable UntrainedSize untrainedSize) {

  private static final String CACHE = SamplingTable.CACHE.name();

  /// The fields of a request, and these where it says nothing of the kind.
  Fields under(Fields request) {
    return request.changed(values -> {
      putCache(values); // as long as a speed can only be the request's
      for (SamplingField<?> field : SamplingTable.of(SamplingKind.PICTURE)) {
        if (field != SamplingTable.CACHE && !SamplingTable.OF_CACHE.contains(field)) {
          put(values, field.name(), sampling.get(field), saying(field));
        }
      }
      put(values, "width", width, Stream.of("width", "size"));
      put(values, "height", height, Stream.of("height", "size"));
      put(values, UntrainedSize.FIELD, untrainedSize, Stream.of(UntrainedSize.FIELD));
    });
  }

  /// The fields of a request that say the same.
  private static Stream<String> saying(SamplingField<?> field) {
    Stream<String> names = SamplingNames.of(field, SamplingKind.PICTURE).stream();
    return field == SamplingTable.TIMESTEPS ? Stream.concat(names, Stream.of("quality")) : names;
  }

  private void putCache(ObjectNode values) {
    if (values.hasNonNull(CACHE) || values.hasNonNull(SamplingTable.SPEED.name())) {
      return;
    }
    put(values, CACHE, sampling.get(SamplingTable.CACHE), Stream.of());
    for (SamplingField<?> field : SamplingTable.OF_CACHE) {
      Object value = sampling.get(field);
      if (value != null) {
        SettingsJson.put(values.withObject("/" + CACHE), field.name(), value);
      }
    }
  }

  /// @param saying fields beside which it is not put
  private static void put(
      ObjectNode values, String name, @Nullable Object value, Stream<String> saying) {
    if (value != null && saying.noneMatch(values::hasNonNull)) {
      SettingsJson.put(values, name, value);
    }
  }
}
