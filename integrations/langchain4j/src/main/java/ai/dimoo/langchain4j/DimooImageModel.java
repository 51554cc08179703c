package ai.dimoo.langchain4j;

import ai.dimoo.Dimoo;
import ai.dimoo.GeneratedPicture;
import ai.dimoo.error.UserException;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Edit;
import ai.dimoo.request.EditSetters;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.PaintArea;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.TextToImage;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.Response;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Draws pictures and changes them, as LangChain4j's {@link ImageModel}. Answers are PNG in base64,
/// with the recipe inside; their metadata has the seed under {@link #SEED} and what is to be said
/// of it under {@link #NOTES}.
///
/// Thread-safe. Close it; a {@link Dimoo} that was given to the builder stays open. Throws {@link
/// UserException} where a request has to be mended, and {@link ai.dimoo.error.EnvironmentException}
/// where the machine cannot.
public final class DimooImageModel implements ImageModel, AutoCloseable {

  /// The key of the seed, a `Long`, in a response's metadata.
  public static final String SEED = "seed";

  /// The key of the seeds of several pictures, a `List<Long>`, in a response's metadata.
  public static final String SEEDS = "seeds";

  /// The key of what is to be said of the pictures, a `List<String>` of sentences for the user, in
  /// a response's metadata: what lies beyond what the model knows, what of a picture it did not
  /// see.
  public static final String NOTES = "notes";

  /// The most pictures of one call.
  public static final int MAX_PICTURES = 10;

  private final OpenedModel model;
  private final Settings settings;

  private record Settings(
      Sampling sampling, @Nullable Integer width, @Nullable Integer height, Task task) {}

  private DimooImageModel(OpenedModel model, Settings settings) {
    this.model = model;
    this.settings = settings;
  }

  /// Begins a model.
  public static Builder builder() {
    return new Builder();
  }

  /// A picture from a sentence.
  @Override
  public Response<Image> generate(String prompt) {
    return response(draw(textToImage(prompt, settings.sampling())));
  }

  /// Several pictures from a sentence. If the builder was given a seed, it is the first picture's,
  /// and each further one has the next seed.
  ///
  /// @param n 1 to {@value #MAX_PICTURES}
  @Override
  public Response<List<Image>> generate(String prompt, int n) {
    if (n < 1 || n > MAX_PICTURES) {
      throw new UserException(
          "%d pictures cannot be made at once: ask for 1 to %d.".formatted(n, MAX_PICTURES));
    }
    List<Image> images = new ArrayList<>();
    List<Long> seeds = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>(); // mostly the same of all
    for (int i = 0; i < n; i++) {
      GeneratedPicture result = draw(textToImage(prompt, settings.sampling().forPicture(i)));
      images.add(PictureData.image(result));
      seeds.add(result.seed());
      notes.addAll(result.notes());
    }
    return Response.from(
        images, null, null, Map.of(SEEDS, List.copyOf(seeds), NOTES, List.copyOf(notes)));
  }

  /// A picture changed as a sentence says, by the builder's task.
  ///
  /// @param image base64 data of a PNG, JPEG or WebP file
  /// @param prompt empty for tasks that have a sentence of their own
  @Override
  public Response<Image> edit(Image image, String prompt) {
    return response(
        draw(
            Edit.of(settings.task(), PictureData.picture(image, "The image"))
                .prompt(prompt)
                .sampling(settings.sampling())
                .build()));
  }

  /// A picture of which a part is repainted.
  ///
  /// @param image base64 data of a PNG, JPEG or WebP file
  /// @param mask base64 data of a PNG file: transparent pixels are to be repainted; of a mask
  ///   without any the light ones are
  /// @param prompt what the whole picture is to show
  @Override
  public Response<Image> edit(Image image, Image mask, String prompt) {
    return response(
        draw(
            Inpaint.of(prompt, PictureData.picture(image, "The image"))
                .area(new PaintArea.Marked(PictureData.mask(mask)))
                .sampling(settings.sampling().only(SamplingKind.PICTURE))
                .build()));
  }

  private TextToImage textToImage(String prompt, Sampling sampling) {
    return new TextToImage(
        prompt, settings.width(), settings.height(), sampling.only(SamplingKind.PICTURE));
  }

  private GeneratedPicture draw(ImageRequest request) {
    return model.dimoo().generate(request);
  }

  private static Response<Image> response(GeneratedPicture result) {
    return Response.from(
        PictureData.image(result), null, null, Map.of(SEED, result.seed(), NOTES, result.notes()));
  }

  /// Frees the model if it was opened here.
  @Override
  public void close() {
    model.close();
  }

  /// Builds a {@link DimooImageModel}. What is not called is left to the model. Not thread-safe.
  public static final class Builder extends ModelBuilder<Builder> implements EditSetters<Builder> {

    private @Nullable Integer width;
    private @Nullable Integer height;
    private Sampling sampling = Sampling.DEFAULT;
    private Task task = Task.named("other");

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /// Width and height in pixels, multiples of the model's pixels per token. Edited pictures have
    /// the size of the picture that they are made from.
    public Builder size(int width, int height) {
      this.width = width;
      this.height = height;
      return this;
    }

    @Override
    public Sampling sampling() {
      return sampling;
    }

    @Override
    public Builder sampling(Sampling sampling) {
      this.sampling = sampling;
      return this;
    }

    /// What {@link DimooImageModel#edit(Image, String)} does, such as `edit_add` or `canny_dense`,
    /// see {@link Task#named}; if not called, `other`, the general task for a picture and a
    /// sentence.
    ///
    /// @throws UserException if there is no such task, or it needs two pictures
    public Builder task(String name) {
      Task wanted = Task.named(name);
      if (wanted.family().pictures() != 1) {
        throw new UserException(
            "The task %s needs %d pictures, and LangChain4j's edit has one: use Dimoo and its Edit."
                .formatted(wanted, wanted.family().pictures()));
      }
      task = wanted;
      return this;
    }

    /// The model, opened if need be.
    ///
    /// @throws UserException if a setting is out of range, or the folder holds no usable model
    /// @throws IllegalStateException if there is neither an open model nor a folder, or both
    public DimooImageModel build() {

      return new DimooImageModel(open(), new Settings(sampling, width, height, task));
    }
  }
}
