package ai.dimoo.request;

import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.prompt.Task;
import ai.dimoo.sequence.TokenMask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Everything that made a picture, so that it can be made again bit for bit. Written into PNG files
/// as texts, one for each value, and read from them. Immutable.
///
/// @param task `text_to_image`, `inpaint`, `outpaint`, `retouch`, or the name of an editing task
/// @param prompt the user's text; empty for tasks that have a fixed sentence
/// @param size of the picture
/// @param settings how it was sampled, the seed among them
/// @param inputs what else went into it, by name: fingerprints of pictures, the mask of tokens, the
///   size that the model sampled at
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

  /// The input that says which tokens were repainted: `#`, the others `.`, rows separated by `/`.
  public static final String MASK = "mask";

  /// The input that is `true` where the task's sentences are chosen as the reference does it.
  public static final String AS_REFERENCE = "task_as_reference";

  /// How the input pictures were fitted, where they were not cropped.
  public static final String FIT = "fit";

  /// The size that the model sampled at, `WIDTHxHEIGHT`, where the picture was resized to its own
  /// or is a part of it.
  public static final String SAMPLED_SIZE = "sampled_size";

  private static final List<String> INPUTS =
      List.of(IMAGE, REFERENCE, MASK, AS_REFERENCE, FIT, SAMPLED_SIZE);

  /// Copies the inputs.
  public Recipe {
    inputs = Map.copyOf(inputs);
  }

  /// The texts of a PNG file, by keyword.
  public Map<String, String> toTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("prompt", prompt);
    texts.put("task", task);
    texts.put("width", Integer.toString(size.width()));
    texts.put("height", Integer.toString(size.height()));
    for (SamplingField<?> field : SamplingTable.of(SamplingKind.EDIT)) {
      Object value = field.of(settings);
      if (value != null) {
        texts.put(field.name(), value.toString());
      }
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
        from.settings(),
        inputs,
        new ModelIdentity(
            from.text("model"),
            from.text("model_fingerprint"),
            from.text("device"),
            from.text("dtype")),
        from.text("Software"));
  }

  /// Input pictures, which a recipe knows by their fingerprints only.
  ///
  /// @param image the picture to work on; null: none
  /// @param codes its codes, for retouching; null: not known
  /// @param reference the picture whose style to take; null: none
  public record Inputs(
      @Nullable Picture image, @Nullable PictureCodes codes, @Nullable Picture reference) {

    /// For pictures of words alone.
    public static final Inputs NONE = new Inputs(null, null, null);

    /// One picture to work on.
    public static Inputs of(Picture image) {
      return new Inputs(image, null, null);
    }
  }

  /// The request that makes the picture again, bit for bit by the same model on the same device.
  ///
  /// @param given the pictures that it was made from
  /// @throws UserException if one is missing, or the recipe is damaged
  public ImageRequest request(Inputs given) {
    return switch (task) {
      case TextToImage.TASK ->
          new TextToImage(prompt, size.width(), size.height(), untrainedSize(), sampling());
      case Inpaint.TASK -> new Inpaint(prompt, image(given), area(), sampling());
      case Outpaint.TASK -> new Outpaint(prompt, image(given), area(), sampling());
      case Retouch.TASK -> new Retouch(prompt, image(given), given.codes(), area(), sampling());
      default -> new Edit(editTask(), prompt, image(given), given.reference(), sampling());
    };
  }

  /// What was not resized is made at its size again, by any model.
  private UntrainedSize untrainedSize() {
    return inputs.containsKey(SAMPLED_SIZE) ? UntrainedSize.RESIZE : UntrainedSize.FORCE;
  }

  private Picture image(Inputs given) {
    Picture image = given.image();
    if (image == null) {
      throw new UserException(
          Fault.of("The picture was made from another one.")
              .in(IMAGE)
              .mend(Remedy.give(IMAGE, "that picture")));
    }
    return image;
  }

  private PaintArea area() {
    return new PaintArea.Tokens(mask());
  }

  /// The editing task.
  ///
  /// @throws UserException if there is none of its name
  public Task editTask() {
    return inputs.containsKey(AS_REFERENCE) ? Task.asReference(task) : Task.named(task);
  }

  /// Tells the recipes of one kind of request.
  public static Predicate<Recipe> of(Class<? extends ImageRequest> type) {
    return recipe ->
        switch (recipe.task()) {
          case TextToImage.TASK -> type == TextToImage.class;
          case Inpaint.TASK -> type == Inpaint.class;
          case Outpaint.TASK -> type == Outpaint.class;
          case Retouch.TASK -> type == Retouch.class;
          default -> type == Edit.class;
        };
  }

  /// Whether a picture, beside the words, guided it.
  public boolean isEdit() {
    return !List.of(TextToImage.TASK, Inpaint.TASK, Outpaint.TASK, Retouch.TASK).contains(task);
  }

  /// The choices that give its settings again. A task is done again even by a model that was not
  /// trained for it, since one did it before.
  public Sampling sampling() {
    Sampling sampling =
        Sampling.of(settings, isEdit() ? SamplingKind.EDIT : SamplingKind.PICTURE).withForce(true);
    String fit = inputs.get(FIT);
    return fit == null ? sampling : sampling.withText(SamplingTable.FIT, fit);
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

  /// The tokens that were repainted.
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

  private record Texts(Map<String, String> texts, String name) {

    String text(String key) {
      String text = texts.get(key);
      if (text == null) {
        throw new UserException(
            "%s does not say its %s: give a PNG that this program wrote.".formatted(name, key));
      }
      return text;
    }

    /// What is not said was not there yet when the picture was made: it has no effect.
    ImageSamplerSettings settings() {
      Sampling sampling = Sampling.DEFAULT;
      for (SamplingField<?> field : SamplingTable.of(SamplingKind.EDIT)) {
        if (field.isInEveryRecipe() || texts.containsKey(field.name())) {
          sampling = with(sampling, field);
        }
      }
      return sampling.resolve(ImageSamplerSettings.TEXT_TO_IMAGE);
    }

    private <T> Sampling with(Sampling sampling, SamplingField<T> field) {
      return value(field.name(), text -> sampling.withRecorded(field, text));
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
