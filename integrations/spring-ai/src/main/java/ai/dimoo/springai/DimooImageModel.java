package ai.dimoo.springai;

import ai.dimoo.Dimoo;
import ai.dimoo.GeneratedPicture;
import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Edit;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.TextToImage;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.image.Image;
import org.springframework.ai.image.ImageGeneration;
import org.springframework.ai.image.ImageMessage;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImageOptions;
import org.springframework.ai.image.ImageOptionsBuilder;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.ImageResponse;
import org.springframework.ai.image.observation.DefaultImageModelObservationConvention;
import org.springframework.ai.image.observation.ImageModelObservationContext;
import org.springframework.ai.image.observation.ImageModelObservationDocumentation;

/// Draws pictures, as Spring AI's {@link ImageModel}; a message with a picture has that picture
/// changed, and one with two has the first changed in the style of the second (task
/// `image_ref_transfer`). Answers are PNG in base64, with the recipe inside and in the {@link
/// DimooImageMetadata}. Each call is an observation of Spring AI's kind, for whoever watches the
/// registry.
///
/// Thread-safe. Whoever opened the {@link Dimoo} closes it.
public final class DimooImageModel implements ImageModel {

  /// The most pictures of one call.
  public static final int MAX_PICTURES = 10;

  private static final String GENERAL_TASK = "other";

  private final Dimoo dimoo;
  private final DimooImageOptions defaults;
  private final ObservationRegistry observations;

  /// With the model's own defaults.
  public DimooImageModel(Dimoo dimoo) {
    this(dimoo, DimooImageOptions.DEFAULT);
  }

  /// @param defaults for what a prompt's options do not say
  public DimooImageModel(Dimoo dimoo, DimooImageOptions defaults) {
    this(dimoo, defaults, ObservationRegistry.NOOP);
  }

  /// @param defaults for what a prompt's options do not say
  /// @param observations is told of each call
  public DimooImageModel(
      Dimoo dimoo, DimooImageOptions defaults, ObservationRegistry observations) {
    this.dimoo = dimoo;
    this.defaults = defaults;
    this.observations = observations;
  }

  /// @throws UserException if the prompt or its options have to be mended
  /// @throws ai.dimoo.error.EnvironmentException if the machine cannot
  @Override
  public ImageResponse call(ImagePrompt prompt) {
    ImageModelObservationContext context =
        ImageModelObservationContext.builder()
            .imagePrompt(withModel(prompt))
            .provider(DimooAutoConfiguration.PROVIDER)
            .build();
    return ImageModelObservationDocumentation.IMAGE_MODEL_OPERATION
        .observation(
            null, new DefaultImageModelObservationConvention(), () -> context, observations)
        .observe(() -> {
          ImageResponse response = made(prompt);
          context.setResponse(response);
          return response;
        });
  }

  /// The prompt with what is asked for and the model's name as its options, which observations
  /// tell.
  private ImagePrompt withModel(ImagePrompt prompt) {
    ImageOptionsBuilder options = ImageOptionsBuilder.builder().model(dimoo.model().name());
    if (prompt.getOptions() != null) {
      options
          .n(prompt.getOptions().getN())
          .width(prompt.getOptions().getWidth())
          .height(prompt.getOptions().getHeight())
          .responseFormat("b64_json");
    }
    return new ImagePrompt(prompt.getInstructions(), options.build());
  }

  private ImageResponse made(ImagePrompt prompt) {
    if (prompt.getInstructions().size() != 1) {
      throw new UserException(
          "The prompt has %d messages: give one.".formatted(prompt.getInstructions().size()));
    }
    DimooImageOptions options = options(prompt.getOptions()).or(defaults);
    ImageMessage message = prompt.getInstructions().getFirst();
    List<ImageGeneration> results = new ArrayList<>();
    for (int i = 0; i < count(options); i++) {
      results.add(generation(dimoo.generate(request(message, options, i))));
    }
    return new ImageResponse(results);
  }

  private static int count(DimooImageOptions options) {
    int n = options.n() == null ? 1 : options.n();
    if (n < 1 || n > MAX_PICTURES) {
      throw new UserException(
          "%d pictures cannot be made at once: ask for 1 to %d.".formatted(n, MAX_PICTURES));
    }
    return n;
  }

  private static ImageRequest request(ImageMessage message, DimooImageOptions options, int before) {
    Sampling sampling = options.sampling().forPicture(before);
    List<Picture> pictures = MediaPictures.of(message.getMedia());
    if (pictures.isEmpty()) {
      return new TextToImage(
          text(message), options.width(), options.height(), sampling.only(SamplingKind.PICTURE));
    }
    if (pictures.size() > 2) {
      throw new UserException(
          "The message has %d pictures: give one, and one more for style transfer."
              .formatted(pictures.size()));
    }
    String task = options.task() == null ? GENERAL_TASK : options.task();
    return Edit.of(Task.named(task), pictures.getFirst())
        .prompt(text(message))
        .reference(pictures.size() == 1 ? null : pictures.getLast())
        .sampling(sampling)
        .build();
  }

  private static String text(ImageMessage message) {
    return message.getText() == null ? "" : message.getText();
  }

  private static ImageGeneration generation(GeneratedPicture result) {
    byte[] png = ImageFiles.encodePng(result.picture(), result.toTexts());
    return new ImageGeneration(
        new Image(null, Base64.getEncoder().encodeToString(png)),
        new DimooImageMetadata(result.recipe(), result.notes()));
  }

  private DimooImageOptions options(@Nullable ImageOptions options) {
    if (options == null) {
      return DimooImageOptions.DEFAULT;
    }
    if (options instanceof DimooImageOptions own) {
      return own;
    }
    refuseUnless("model", dimoo.model().name(), options.getModel());
    refuseUnless("response format", "b64_json", options.getResponseFormat());
    if (options.getStyle() != null) {
      throw new UserException("The model has no styles: leave the style out.");
    }
    return DimooImageOptions.builder()
        .n(options.getN())
        .width(options.getWidth())
        .height(options.getHeight())
        .build();
  }

  private static void refuseUnless(String option, String known, @Nullable String given) {
    if (given != null && !given.equals(known)) {
      throw new UserException(
          "The %s \"%s\" is not here: leave it out, or say \"%s\"."
              .formatted(option, given, known));
    }
  }
}
