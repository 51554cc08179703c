package ai.dimoo.app;

import ai.dimoo.ModelOptions;
import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.request.Speed;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A model on the command line of `dimoo compare`, and how it samples: `MODEL@FORMAT:SETTINGS`,
/// each part of which may be left out; no model means the one that comes with dimoo.
///
/// @param folder the checkpoint
/// @param format as `--dtype` has it; null: what the machine computes fastest in
/// @param settings as they were written; empty: none
/// @param sampling the same
record ComparedModel(Path folder, @Nullable String format, String settings, Sampling sampling) {

  /// A folder's name may have a colon too, and a drive's does: settings have no slashes, and begin
  /// with a lower-case letter.
  private static final Pattern WITH_SETTINGS = Pattern.compile("(.*):([a-z][^:/\\\\]*)");

  private static final String EXPECTED =
      "%s or settings such as timesteps=16,cfg_scale=3"
          .formatted(
              Arrays.stream(Speed.values()).map(Speed::toString).collect(Collectors.joining(", ")));

  /// @throws UserException if there is no such model, format or setting
  static ComparedModel parse(String text) {
    Matcher parts = WITH_SETTINGS.matcher(text);
    String settings = parts.matches() ? parts.group(2) : "";
    String rest = parts.matches() ? parts.group(1) : text;
    Sampling sampling = settings.isEmpty() ? Sampling.DEFAULT : sampling(text, settings);
    int at = rest.lastIndexOf('@');
    String model = at < 0 ? rest : rest.substring(0, at);
    String format = at < 0 ? null : rest.substring(at + 1);
    if (format != null) {
      requireFormat(text, format);
    }
    Path folder = OpeningOptions.locate(model.isEmpty() ? null : model);
    return new ComparedModel(folder, format, settings, sampling);
  }

  private static void requireFormat(String text, String format) {
    try {
      ModelOptions.DEFAULT.withFormat(format);
    } catch (UserException e) {
      throw new UserException(
          Fault.of(
              "What is behind the @ of %s is no number format, expected bfloat16, float32, int8 or int4."
                  .formatted(text)));
    }
  }

  private static Sampling sampling(String text, String settings) {
    Sampling sampling = Sampling.DEFAULT;
    for (String setting : settings.split(",", -1)) {
      String[] parts = setting.split("=", 2);
      sampling =
          parts.length == 1
              ? sampling.withSpeed(speed(text, setting))
              : sampling.withText(field(text, parts[0]), parts[1]);
    }
    return sampling;
  }

  private static Speed speed(String text, String word) {
    return Arrays.stream(Speed.values())
        .filter(speed -> speed.toString().equals(word))
        .findFirst()
        .orElseThrow(() -> unknown(text, word));
  }

  /// The settings of pictures; seeds are the same for both models.
  private static SamplingField<?> field(String text, String name) {
    return SamplingTable.of(SamplingKind.PICTURE).stream()
        .filter(field -> field != SamplingTable.SEED && field.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(text, name));
  }

  private static UserException unknown(String text, String what) {
    return new UserException(
        Fault.of(
            "In what is behind the colon of %s, %s is no setting, expected %s."
                .formatted(text, what, EXPECTED)));
  }

  ModelOptions options(@Nullable String device) {
    ModelOptions options = ModelOptions.DEFAULT;
    if (device != null) {
      options = options.withDevice(device);
    }
    return format == null ? options : options.withFormat(format);
  }
}
