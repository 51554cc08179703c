package ai.dimoo.spark;

import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import ai.dimoo.request.Fingerprint;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How rows are sampled: as their columns say that are called as settings, else as the job says,
/// else as the model does. A row without a seed of its own has one from its id, so that it comes
/// out the same in any partition of any run. Immutable.
///
/// @param values the job's, by the settings' names
record RowSettings(Map<String, String> values) implements Serializable {

  /// The column that tells rows apart.
  static final String ID = "id";

  private static final int HEX = 16;
  private static final int SEED_DIGITS = 8; // 32 bits, which people can type

  static final RowSettings NONE = new RowSettings(Map.of());

  RowSettings {
    values = Map.copyOf(values);
  }

  /// The same with one more setting.
  ///
  /// @throws UserException if no such kind has it, or it does not take the value
  RowSettings with(String name, Object value, List<SamplingKind> kinds) {
    SamplingField<?> field =
        SamplingTable.ALL.stream()
            .filter(one -> one.name().equals(name) && kinds.stream().anyMatch(one::appliesTo))
            .findFirst()
            .orElseThrow(
                () -> new UserException(Fault.value("setting", name, "one of " + names(kinds))));
    field.parse(value.toString());
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(name, value.toString());
    return new RowSettings(more);
  }

  private static String names(List<SamplingKind> kinds) {
    return SamplingTable.ALL.stream()
        .filter(field -> kinds.stream().anyMatch(field::appliesTo))
        .map(SamplingField::name)
        .collect(Collectors.joining(", "));
  }

  /// @throws UserException if a value is out of range, or the row has no id
  Sampling of(RowValues row, SamplingKind kind) {
    Sampling sampling = Sampling.DEFAULT;
    for (SamplingField<?> field : SamplingTable.of(kind)) {
      String own = row.text(field.name());
      String text = own == null ? values.get(field.name()) : own;
      if (text != null) {
        sampling = sampling.withText(field, text);
      }
    }
    boolean own = row.text(SamplingTable.SEED.name()) != null;
    return own && sampling.seed() != null
        ? sampling
        : sampling.withSeed(seed(row.required(ID), sampling.seed()));
  }

  /// The first 32 bits of the SHA-256 of the job's seed, or 0, as 8 bytes and the id in UTF-8.
  static long seed(String id, @Nullable Long job) {
    String digits =
        new Fingerprint().add(job == null ? 0 : job).add(id.getBytes(StandardCharsets.UTF_8)).hex();
    return Long.parseLong(digits.substring(0, SEED_DIGITS), HEX);
  }
}
