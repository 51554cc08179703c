package ai.dimoo.request;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.Noise;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.sequence.TokenMask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Everything that made a picture, so that it can be made again bit for bit. Written into PNG files
/// as texts, one for each value, and read from them. Immutable.
///
/// @param task `text_to_image`, `inpaint`, `outpaint`, `retouch`, or the name of an editing task
/// @param prompt the user's text; empty for tasks that have a fixed sentence
/// @param size of the picture
/// @param settings how it was sampled, the seed among them
/// @param inputs what else went into it, by name: fingerprints of pictures, the mask of tokens
/// @param model which model made it
/// @param software what wrote it, for example `dimoo 0.1.0`
public record Recipe(
    String task,
    String prompt,
    Size size,
    ImageSamplerSettings settings,
    Map<String, String> inputs,
    ModelIdentity model,
    String software) {

  /// The input that is the picture to work on: its fingerprint.
  public static final String IMAGE = "image";

  /// The input that is the picture whose style to take: its fingerprint.
  public static final String REFERENCE = "reference";

  /// The input that says which tokens were made anew: `#`, the others `.`, rows separated by `/`.
  public static final String MASK = "mask";

  /// The input that is `true` where the task's sentences are chosen as the reference does it.
  public static final String AS_REFERENCE = "task_as_reference";

  private static final List<String> INPUTS = List.of(IMAGE, REFERENCE, MASK, AS_REFERENCE);

  /// Copies the inputs.
  public Recipe {
    inputs = Map.copyOf(inputs);
  }

  /// The texts of a PNG file, by keyword.
  public Map<String, String> toTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("prompt", prompt);
    texts.put("task", task);
    texts.put("seed", Long.toString(settings.seed()));
    texts.put("width", Integer.toString(size.width()));
    texts.put("height", Integer.toString(size.height()));
    texts.put("timesteps", Integer.toString(settings.timesteps()));
    texts.put("cfg_scale", Double.toString(settings.cfgScale()));
    texts.put("cfg_img", Double.toString(settings.cfgImage()));
    texts.put("temperature", Double.toString(settings.temperature()));
    texts.put("noise", settings.noise().toString());
    texts.put("remasking", settings.remasking().toString());
    CacheSettings cache = settings.cache();
    if (cache != null) {
      texts.put("cache_ratio", Double.toString(cache.cacheRatio()));
      texts.put("warmup_ratio", Double.toString(cache.warmupRatio()));
      texts.put("refresh_interval", Integer.toString(cache.refreshInterval()));
    }
    INPUTS.stream().filter(inputs::containsKey).forEach(key -> texts.put(key, inputs.get(key)));
    texts.put("model", model.name());
    texts.put("model_fingerprint", model.fingerprint());
    texts.put("device", model.device());
    texts.put("dtype", model.dtype());
    texts.put("Software", software);
    return texts;
  }

  /// Reads the texts of a PNG file.
  ///
  /// @param texts by keyword, such as {@link ai.dimoo.image.ImageFiles#textOf} returns them
  /// @param name what messages call the file
  /// @throws UserException if a text is missing or not usable
  public static Recipe ofTexts(Map<String, String> texts, String name) {
    Texts from = new Texts(texts, name);
    Map<String, String> inputs = new LinkedHashMap<>();
    INPUTS.stream().filter(texts::containsKey).forEach(key -> inputs.put(key, from.text(key)));
    return new Recipe(
        from.text("task"),
        from.text("prompt"),
        new Size(from.value("width", Recipe::side), from.value("height", Recipe::side)),
        new ImageSamplerSettings(
            from.value("timesteps", Integer::valueOf),
            from.value("temperature", Double::valueOf),
            from.value("cfg_scale", Double::valueOf),
            from.value("cfg_img", Double::valueOf),
            from.value("noise", Noise::named),
            from.value("remasking", Remasking::named, Remasking.LOW_CONFIDENCE),
            from.value("seed", Long::valueOf),
            cache(from)),
        inputs,
        new ModelIdentity(
            from.text("model"),
            from.text("model_fingerprint"),
            from.text("device"),
            from.text("dtype")),
        from.text("Software"));
  }

  /// Whether an input of this name was this picture, pixel for pixel.
  ///
  /// @param input {@link #IMAGE} or {@link #REFERENCE}
  public boolean hasInput(String input, Picture picture) {
    return Fingerprint.of(picture).equals(inputs.get(input));
  }

  /// A mask as {@link #MASK} has it.
  public static String maskText(TokenMask mask) {
    return mask.toString().strip().replace('\n', '/');
  }

  /// The tokens that were made anew.
  ///
  /// @throws UserException if the recipe has no usable mask
  public TokenMask mask() {
    String text = inputs.getOrDefault(MASK, "");
    try {
      return TokenMask.parse(List.of(text.split("/")));
    } catch (IllegalArgumentException e) {
      throw new UserException(
          Fault.of("The mask in the picture's settings is damaged.")
              .in(MASK)
              .mend(Remedy.giveAnother(MASK))
              .mend(Remedy.give("box", "the area")),
          e);
    }
  }

  private static int side(String text) {
    int side = Integer.parseInt(text);
    if (side < 1) {
      throw new IllegalArgumentException("no side has the length " + side);
    }
    return side;
  }

  private static @Nullable CacheSettings cache(Texts from) {
    return from.texts().containsKey("cache_ratio")
        ? new CacheSettings(
            from.value("cache_ratio", Double::valueOf),
            from.value("warmup_ratio", Double::valueOf),
            from.value("refresh_interval", Integer::valueOf))
        : null;
  }

  private record Texts(Map<String, String> texts, String name) {

    String text(String key) {
      String text = texts.get(key);
      if (text == null) {
        throw new UserException(
            "%s does not say its %s: give a PNG that this program wrote.".formatted(name, key));
      }
      return text;
    }

    /// @param absent where the text is missing, as in pictures of the first versions
    <T> T value(String key, Function<String, T> reader, T absent) {
      return texts.containsKey(key) ? value(key, reader) : absent;
    }

    <T> T value(String key, Function<String, T> reader) {
      String text = text(key);
      try {
        return reader.apply(text);
      } catch (IllegalArgumentException | UserException e) {
        throw new UserException(
            "%s says that its %s is '%s', which cannot be: give a PNG that this program wrote."
                .formatted(name, key, text),
            e);
      }
    }
  }
}
