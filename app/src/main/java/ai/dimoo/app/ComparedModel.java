package ai.dimoo.app;

import ai.dimoo.ModelOptions;
import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A model on the command line of `dimoo compare`: `MODEL`, `MODEL@FORMAT`, or `@FORMAT` for the
/// model that comes with dimoo.
///
/// @param folder the checkpoint
/// @param format as `--dtype` has it; null: what the machine computes fastest in
record ComparedModel(Path folder, @Nullable String format) {

  /// @throws UserException if there is no such model or format
  static ComparedModel parse(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      return new ComparedModel(OpeningOptions.locate(text), null);
    }
    String model = text.substring(0, at);
    String format = text.substring(at + 1);
    try {
      ModelOptions.DEFAULT.withFormat(format);
    } catch (UserException e) {
      throw new UserException(
          Fault.of(
              "What is behind the @ of %s is no number format, expected bfloat16, float32, int8 or int4."
                  .formatted(text)));
    }
    return new ComparedModel(OpeningOptions.locate(model.isEmpty() ? null : model), format);
  }

  ModelOptions options(@Nullable String device) {
    ModelOptions options = ModelOptions.DEFAULT;
    if (device != null) {
      options = options.withDevice(device);
    }
    return format == null ? options : options.withFormat(format);
  }
}
