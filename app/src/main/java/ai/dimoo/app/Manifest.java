package ai.dimoo.app;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.file.WholeFile;
import ai.dimoo.request.Recipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The list of a folder's pictures, a JSON object a line: written whole at the start and at the end
/// of a run, and a line added for each picture in between. Whatever ends the run, every line but
/// the last is whole, and the next run writes it again.
///
/// @param file where it lies
record Manifest(Path file) {

  private static final String NAME = "manifest.jsonl";

  /// That of a folder.
  static Manifest in(Path folder) {
    return new Manifest(folder.resolve(NAME));
  }

  /// Writes it whole.
  ///
  /// @param made what is there, in the order of its lines
  void write(List<PlannedPicture> pictures, Map<PlannedPicture, Recipe> made) {
    String lines =
        pictures.stream()
            .filter(made::containsKey)
            .map(picture -> line(picture, made.get(picture)))
            .collect(Collectors.joining());
    WholeFile.write(file, lines.getBytes(StandardCharsets.UTF_8));
  }

  /// Adds a picture.
  void add(PlannedPicture picture, Recipe made) {
    try {
      Files.writeString(file, line(picture, made), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new EnvironmentException("Cannot write " + file + ": " + FileFaults.reason(e) + ".", e);
    }
  }

  private static String line(PlannedPicture picture, Recipe made) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("file", picture.file().getFileName().toString());
    json.put("line", picture.line());
    json.put("prompt", made.prompt());
    json.put("seed", made.settings().seed());
    json.put("width", made.size().width()).put("height", made.size().height());
    json.put("model", made.model().name());
    json.put("model_fingerprint", made.model().fingerprint());
    return json + "\n";
  }
}
