package ai.dimoo.app;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.train.bench.LadderResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An earlier run of the ladder, to compare with.
///
/// @param seconds a picture's, by the line's name
/// @param conditions what the two runs should have in common, by what it is
record LadderBaseline(Map<String, Double> seconds, Map<String, String> conditions) {

  private static final List<String> CONDITIONS =
      List.of("model", "layers", "processor", "device", "threads", "tokens");

  /// Reads what `--json` wrote.
  ///
  /// @throws UserException if it is something else
  static LadderBaseline read(Path file) {
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new UserException(
          "There is no file %s: check the path of --baseline.".formatted(file), e);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read %s: %s.".formatted(file, FileFaults.reason(e)), e);
    } catch (JacksonException e) {
      throw another(file, e);
    }
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (JsonNode line : json.path("ladder")) {
      double picture = line.path("seconds_picture").asDouble(0);
      if (picture > 0) {
        seconds.put(line.path("name").asString(""), picture);
      }
    }
    if (seconds.isEmpty()) {
      throw another(file, null);
    }
    return new LadderBaseline(seconds, conditions(json));
  }

  private static UserException another(Path file, @Nullable Throwable cause) {
    return new UserException(
        "%s is not the JSON of a ladder: give a file that `dimoo bench --ladder --json FILE` wrote."
            .formatted(file),
        cause);
  }

  private static Map<String, String> conditions(JsonNode json) {
    Map<String, String> conditions = new LinkedHashMap<>();
    CONDITIONS.forEach(name -> conditions.put(name, json.path(name).toString()));
    return conditions;
  }

  /// What a line takes now / what it took; null: it was not measured then.
  @Nullable Double change(String name, double pictureSeconds) {
    Double before = seconds.get(name);
    return before == null ? null : pictureSeconds / before;
  }

  /// Where the earlier run was another machine or another model.
  List<String> differences(LadderResult result) {
    Map<String, String> now = conditions(result.toJson());
    List<String> lines = new ArrayList<>();
    conditions.forEach((name, before) -> {
      if (!before.equals(now.get(name))) {
        lines.add(
            "the baseline has another %s: %s, here %s".formatted(name, before, now.get(name)));
      }
    });
    return lines;
  }
}
