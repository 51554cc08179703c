package ai.dimoo.app;

import ai.dimoo.request.Recipe;
import ai.dimoo.request.Sampling;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that every command has which makes a picture.
final class PictureOptions {

  @Mixin final ModelOptions model = new ModelOptions();
  @Mixin final OutputOptions output = new OutputOptions();
  @Mixin private final SamplingOptions sampling = new SamplingOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the random numbers: the same seed gives the same picture (default: a new one"
              + " each time, which is printed).")
  private @Nullable Long seed;

  @Mixin private final CacheOptions cache = new CacheOptions();
  @Mixin private final LikeOptions like = new LikeOptions();

  /// The picture to make again; null if there is none. Called first: it also refuses output files
  /// that could not be written, before pictures are read and the model is loaded.
  ///
  /// @param task which task it must have been made by
  /// @param command this command, for the message
  @Nullable Recipe like(Predicate<String> task, String command) {
    output.requireWritable();
    return like.recipe(task, command);
  }

  /// How the picture is sampled.
  ///
  /// @param like the picture to make again; null: what is not given is left to the model
  Sampling sampling(@Nullable Recipe like) {
    return sampling(like, null);
  }

  /// The same with guidance by input pictures.
  ///
  /// @param cfgImage null: as in `like`, or left to the model
  Sampling sampling(@Nullable Recipe like, @Nullable Double cfgImage) {
    return sampling.sampling(seed, cache, like, cfgImage);
  }
}
