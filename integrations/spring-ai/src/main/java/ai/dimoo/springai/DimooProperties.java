package ai.dimoo.springai;

import ai.dimoo.ModelOptions;
import ai.dimoo.request.Sampling;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The properties `dimoo.…` of a Spring Boot application, but for the settings of the samplers, see
/// {@link SamplingProperties}. Null leaves a choice to the model. Immutable.
///
/// @param model folder of the checkpoint to open
/// @param device `auto`, `cpu`, `cuda`, `cuda:1`, `mps`
/// @param dtype number format: `bfloat16`, `float32`, `int8` or `int4`
/// @param threads within one operation on the processor; 0 leaves it to the model's size
/// @param image how pictures are made
/// @param chat how questions are answered
@ConfigurationProperties("dimoo")
public record DimooProperties(
    @Nullable String model,
    @DefaultValue("auto") String device,
    @Nullable String dtype,
    @DefaultValue("0") int threads,
    @DefaultValue Image image,
    @DefaultValue Chat chat) {

  /// The properties `dimoo.image.…`, as in {@link DimooImageOptions}.
  ///
  /// @param enabled whether there is an image model
  public record Image(
      @DefaultValue("true") boolean enabled,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable String task) {

    DimooImageOptions options(Sampling sampling) {
      return DimooImageOptions.builder()
          .width(width)
          .height(height)
          .task(task)
          .sampling(sampling)
          .build();
    }
  }

  /// The properties `dimoo.chat.…`.
  ///
  /// @param enabled whether there is a chat model
  public record Chat(@DefaultValue("true") boolean enabled) {}

  ModelOptions modelOptions() {
    ModelOptions options = ModelOptions.DEFAULT.withDevice(device).withThreads(threads);
    return dtype == null ? options : options.withFormat(dtype);
  }
}
