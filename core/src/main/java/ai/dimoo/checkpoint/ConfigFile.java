package ai.dimoo.checkpoint;

import ai.dimoo.error.UserException;
import java.nio.file.Path;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One of a checkpoint's configuration files, and where it lies, so that every refusal names it.
///
/// @param path the file; for optional ones it need not exist
/// @param json what is in it; not to be changed
public record ConfigFile(Path path, ObjectNode json) {

  /// Reads a file.
  ///
  /// @throws UserException if it is missing or does not hold one JSON object
  public static ConfigFile open(Path path) {
    return new ConfigFile(path, JsonFiles.readObject(path));
  }

  /// Writes a file for people to read, whole or not at all.
  public static void write(Path path, JsonNode json) {
    JsonFiles.write(path, json);
  }

  /// Reads what the file describes.
  ///
  /// @param reader makes something of the fields, and may refuse them
  /// @throws UserException what the reader threw, the file's path before it
  public <T> T read(Function<ConfigFields, T> reader) {
    try {
      return reader.apply(new ConfigFields(json));
    } catch (UserException e) {
      throw new UserException(path + ": " + e.getMessage(), e);
    }
  }
}
