package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingKind;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/// The options that every command has which makes a picture.
final class PictureOptions {

  @Mixin final OpeningOptions model = new OpeningOptions();
  @Mixin final OutputOptions output = new OutputOptions();
  @Mixin private final LikeOptions like = new LikeOptions();
  @Mixin private final SamplingOptions sampling;

  PictureOptions(SamplingKind kind) {
    sampling = new SamplingOptions(kind);
  }

  /// The picture to make again; null if there is none. Called first: it also refuses output files
  /// that could not be written, before pictures are read and the model is loaded.
  ///
  /// @param task which recipes will do
  /// @param command this command, for the message
  @Nullable Recipe like(Predicate<Recipe> task, String command) {
    output.requireWritable();
    return like.recipe(task, command);
  }

  /// How something is sampled, as far as options say.
  Sampling given() {
    return sampling.sampling(Sampling.DEFAULT);
  }

  /// The folder for the pictures of a file of prompts.
  ///
  /// @param prompt beside the file; null: none
  /// @throws UserException if there is none, or something else is given that is about one picture
  Path folder(@Nullable String prompt) {
    String single =
        prompt != null
            ? "PROMPT"
            : like.given() ? "--like" : output.preview != null ? "--preview" : null;
    if (single != null) {
      throw new UserException(
          "%s is about one picture, and --prompts about many: leave one of them out."
              .formatted(single));
    }
    if (output.output == null || InputFile.isStream(output.output)) {
      throw new UserException("No folder for the pictures: give -o FOLDER with --prompts.");
    }
    return output.output;
  }

  /// The same request with the prompt and the sampling that are given, and with a seed.
  ///
  /// @param prompt null: that of the request
  ImageRequest changed(ImageRequest request, @Nullable String prompt) {
    ImageRequest reworded = prompt == null ? request : request.withPrompt(prompt);
    Sampling sampled = sampling.sampling(reworded.sampling());
    return reworded.withSampling(sampled.withSeedDrawn());
  }
}
