package ai.dimoo.prompt;

import ai.dimoo.error.UserException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// A `layout.json`: the ids of the special tokens of golden data.
record LayoutFile(Path file, JsonNode fields) {

  static LayoutFile read(Path file) {
    return new LayoutFile(file, TokenizerFile.readObject(file));
  }

  int id(String field) {
    JsonNode value = fields.path(field);
    if (!value.isInt()) {
      throw new UserException(
          "%s: field \"%s\" is %s, expected a token id; mend the file."
              .formatted(file, field, value.isMissingNode() ? "missing" : value));
    }
    return value.intValue();
  }
}
