package ai.dimoo.request;

import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One setting of the samplers: a row of the {@link SamplingTable}. Immutable; there is one object
/// for each row.
///
/// @param <T> the type of its values
public final class SamplingField<T> {

  private final String name;
  private final FieldValues<T> values;
  private final Map<SamplingKind, Words> words;
  private final @Nullable Access<ImageSamplerSettings, ImageSamplerSettings.Builder, T> ofPictures;
  private final @Nullable Access<TextSamplerSettings, TextSamplerSettings.Builder, T> ofAnswers;
  private final boolean inEveryRecipe;

  SamplingField(
      String name,
      FieldValues<T> values,
      Map<SamplingKind, Words> words,
      @Nullable Access<ImageSamplerSettings, ImageSamplerSettings.Builder, T> ofPictures,
      @Nullable Access<TextSamplerSettings, TextSamplerSettings.Builder, T> ofAnswers,
      boolean inEveryRecipe) {
    this.name = name;
    this.values = values;
    this.words = Map.copyOf(words);
    this.ofPictures = ofPictures;
    this.ofAnswers = ofAnswers;
    this.inEveryRecipe = inEveryRecipe;
  }

  /// What users read of a setting.
  ///
  /// @param help what it does, without a full stop
  /// @param usual what holds where it is not given
  public record Words(String help, String usual) {}

  /// How a setting is read and set in a sampler's settings.
  ///
  /// @param get null for settings that others tell of
  record Access<S, B, T>(@Nullable Function<S, @Nullable T> get, BiConsumer<B, T> set) {}

  /// Its name in JSON and in PNG files, such as `cfg_scale`; options have `--cfg-scale`.
  public String name() {
    return name;
  }

  /// Which values it takes.
  public FieldValues<T> values() {
    return values;
  }

  /// Whether it means anything for what is sampled.
  public boolean appliesTo(SamplingKind kind) {
    return words.containsKey(kind);
  }

  /// What users read of it.
  ///
  /// @param kind one that it applies to
  public Words words(SamplingKind kind) {
    Words found = words.get(kind);
    if (found == null) {
      throw new IllegalArgumentException(name + " means nothing for " + kind);
    }
    return found;
  }

  /// Whether pictures without it in their texts are damaged; others were made before it was there,
  /// or without what it is about.
  public boolean isInEveryRecipe() {
    return inEveryRecipe;
  }

  /// Whether settings hold it; else it is a word of the request alone, or settings hold it in the
  /// fields that it stands for.
  public boolean isInSettings() {
    return ofPictures != null || ofAnswers != null;
  }

  /// A value as users spell it.
  ///
  /// @throws UserException if the field does not take it
  public T parse(String text) {
    try {
      return checked(values.parse(text));
    } catch (IllegalArgumentException e) {
      throw new UserException(Fault.value(name, text, values.expected()), e);
    }
  }

  /// The value.
  ///
  /// @throws UserException if the field does not take it
  public T checked(T value) {
    if (!values.allows(value)) {
      throw new UserException(Fault.value(name, value, values.expected()));
    }
    return value;
  }

  /// Its value in settings; null: they have none.
  public @Nullable T of(ImageSamplerSettings settings) {
    return ofPictures == null || ofPictures.get() == null ? null : ofPictures.get().apply(settings);
  }

  /// Its value in settings; null: they have none.
  public @Nullable T of(TextSamplerSettings settings) {
    return ofAnswers == null || ofAnswers.get() == null ? null : ofAnswers.get().apply(settings);
  }

  void set(ImageSamplerSettings.Builder settings, T value) {
    if (ofPictures != null) {
      ofPictures.set().accept(settings, value);
    }
  }

  void set(TextSamplerSettings.Builder settings, T value) {
    if (ofAnswers != null) {
      ofAnswers.set().accept(settings, value);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
