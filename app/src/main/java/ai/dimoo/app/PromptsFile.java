package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.server.openai.Orders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Requests, one JSON object a line.
///
/// @param name what messages call the file
/// @param lines those that are not blank
record PromptsFile(String name, List<Line> lines) {

  /// A request.
  ///
  /// @param number of the line, counted from 1
  record Line(int number, ObjectNode fields) {}

  /// Reads a file, or standard input where the path is `-`.
  ///
  /// @throws UserException if a line is no JSON object, or there is none
  static PromptsFile read(Path path) {
    String name = TextFile.name(path);
    List<Line> lines = new ArrayList<>();
    BadLines bad = new BadLines(name);
    int number = 0;
    for (String text : (Iterable<String>) TextFile.read(path, "JSON objects").lines()::iterator) {
      int own = ++number;
      if (!text.isBlank()) {
        bad.noting(
            own,
            () -> {
              byte[] json = text.strip().getBytes(StandardCharsets.UTF_8);
              lines.add(new Line(own, Orders.object(json, "It")));
            });
      }
    }
    bad.refuse();
    if (lines.isEmpty()) {
      throw new UserException(
          "There is no request in %s: one JSON object a line is expected, such as {\"prompt\": \"a cat\"}."
              .formatted(name));
    }
    return new PromptsFile(name, lines);
  }
}
