package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.request.FieldValues;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How something is sampled: an option for each field of the {@link SamplingTable} that means
/// something for it. What is not given is left to the model.
final class SamplingOptions {

  private final SamplingKind kind;
  private final Set<SamplingField<?>> without;
  private final Map<SamplingField<?>, Object> given = new HashMap<>();

  @Option(
      names = "--no-cache",
      description = "Do not use the cache, whatever --like says (default: off).")
  private boolean noCache;

  /// @param without fields for which the command has an option of its own
  SamplingOptions(SamplingKind kind, SamplingField<?>... without) {
    this.kind = kind;
    this.without = Set.of(without);
  }

  /// Adds the options to the command that has these as a mixin.
  @Spec(Spec.Target.MIXEE)
  void addTo(CommandSpec command) {
    for (SamplingField<?> field : SamplingTable.of(kind)) {
      if (!without.contains(field)) {
        command.addOption(option(field));
      }
    }
  }

  private <T> OptionSpec option(SamplingField<T> field) {
    SamplingField.Words words = field.words(kind);
    OptionSpec.Builder option =
        OptionSpec.builder(CommandWording.INSTANCE.field(field.name()))
            .description("%s (default: %s).".formatted(words.help(), words.usual()))
            .type(typed(field))
            .getter(new Getter(field))
            .setter(new Setter(field));
    switch (field.values()) {
      case FieldValues.Flag _ -> option.arity("0");
      case FieldValues.Whole _, FieldValues.Seed _ -> option.arity("1").paramLabel("N");
      case FieldValues.Number _ -> option.arity("1").paramLabel("X");
      case FieldValues.Choice<?> _ -> option.arity("1").paramLabel("MODE");
    }
    return option.build();
  }

  /// The words of a choice stay words until they are used: to look at its values would load
  /// LibTorch's classes, for every help text.
  private static Class<?> typed(SamplingField<?> field) {
    return field.values() instanceof FieldValues.Choice<?> ? String.class : field.values().type();
  }

  private boolean given(List<SamplingField<?>> fields) {
    return fields.stream().anyMatch(given::containsKey);
  }

  /// What is given, and the rest as `like` has it, or left to the model.
  ///
  /// @param like settings of a picture to make again
  /// @throws UserException if a value is out of range, or the options contradict each other
  Sampling sampling(Sampling like) {
    if (noCache && (given.containsKey(SamplingTable.CACHE) || given(SamplingTable.OF_CACHE))) {
      throw new UserException(
          "--no-cache turns off what --cache, --cache-ratio, --warmup-ratio or --refresh-interval"
              + " turns on: leave out one.");
    }
    Sampling sampling = noCache ? like.withCache(null) : like;
    for (SamplingField<?> field : SamplingTable.ALL) {
      sampling = with(sampling, field);
    }
    return sampling;
  }

  private <T> Sampling with(Sampling sampling, SamplingField<T> field) {
    return switch (given.get(field)) {
      case null -> sampling;
      case String word -> sampling.withText(field, word);
      case Object value -> sampling.with(field, field.values().type().cast(value));
    };
  }

  private final class Getter implements IGetter {
    private final SamplingField<?> field;

    Getter(SamplingField<?> field) {
      this.field = field;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V> @Nullable V get() {
      return (V) given.get(field);
    }
  }

  private final class Setter implements ISetter {
    private final SamplingField<?> field;

    Setter(SamplingField<?> field) {
      this.field = field;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V> @Nullable V set(@Nullable V value) {
      return value == null ? (V) given.remove(field) : (V) given.put(field, value);
    }
  }
}
