package ai.dimoo.checkpoint;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.JsonFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The small JSON files of a checkpoint.
final class JsonFiles {

  /// No index or config of a published model comes near it.
  private static final long LARGEST = 64L << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonFiles() {}

  /// @throws UserException if the file is missing or does not hold one JSON object
  static ObjectNode readObject(Path file) {
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        throw new UserException(
            file + " has " + size + " bytes, expected a JSON file of at most " + LARGEST + ".");
      }
      JsonNode node = JSON.readTree(Files.readAllBytes(file));
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new UserException(file + " does not hold a JSON object. Fetch or export it again.");
    } catch (JacksonException e) {
      throw new UserException(
          file + " is not valid JSON: " + JsonFaults.reason(e) + ". Fetch or export it again.", e);
    } catch (NoSuchFileException e) {
      throw new UserException("No file " + file + ".", e);
    } catch (IOException e) {
      throw new EnvironmentException("Cannot read " + file + ": " + FileFaults.reason(e) + ".", e);
    }
  }

  /// Writes it for people to read: indented, a line feed at the end.
  static void write(Path file, JsonNode node) {
    String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    AtomicFile.write(file, AtomicFile.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  static ObjectNode newObject() {
    return JSON.createObjectNode();
  }
}
