package ai.dimoo.prompt;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.JsonFaults;
import ai.dimoo.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A Hugging Face `tokenizer.json`, as far as we look into it: its added tokens.
record TokenizerFile(Path file, ObjectNode json) {

  /// The file's name in a checkpoint.
  static final String NAME = "tokenizer.json";

  private static final JsonMapper MAPPER = JsonMapper.shared();

  static TokenizerFile read(Path file) {
    if (Files.notExists(file)) {
      throw new UserException(
          "%s is missing; a checkpoint with text needs it: download the whole checkpoint again."
              .formatted(file));
    }
    return new TokenizerFile(file, readObject(file));
  }

  /// As [#read], but a checkpoint without the file has no added tokens.
  static TokenizerFile readIfPresent(Path file) {
    return Files.notExists(file) ? new TokenizerFile(file, MAPPER.createObjectNode()) : read(file);
  }

  static ObjectNode readObject(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UserException(file + " is missing.", e);
    } catch (IOException e) {
      throw new EnvironmentException("Cannot read " + file + ": " + FileFaults.reason(e) + ".", e);
    }
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw new UserException(
          "%s is not JSON (%s); download it again.".formatted(file, JsonFaults.reason(e)), e);
    }
    throw new UserException(file + " is not a JSON object; download it again.");
  }

  /// Added tokens by their text, in the file's order.
  Map<String, Integer> addedTokens() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (JsonNode token : json.path("added_tokens")) {
      JsonNode content = token.path("content");
      JsonNode id = token.path("id");
      if (!content.isString() || !id.isInt()) {
        throw new UserException(
            "%s: added token %s has no text \"content\" and integer \"id\"; download it again."
                .formatted(file, token));
      }
      ids.put(content.stringValue(), id.intValue());
    }
    return ids;
  }

  /// The same tokenizer without added tokens: every text is only text to it.
  byte[] withoutAddedTokens() {
    ObjectNode plain = json.deepCopy();
    plain.putArray("added_tokens");
    return MAPPER.writeValueAsBytes(plain);
  }
}
