package ai.dimoo.app;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.server.openai.Orders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Requests, one JSON object a line.
///
/// @param name what messages call the file
/// @param lines those that are not blank
record PromptsFile(String name, List<Line> lines) {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /// A request.
  ///
  /// @param number of the line, counted from 1
  record Line(int number, ObjectNode fields) {}

  /// Reads a file, or standard input where the path is `-`.
  ///
  /// @throws UserException if a line is no JSON object, or there is none
  static PromptsFile read(Path path) {
    String name = InputFile.isStream(path) ? "standard input" : path.toString();
    List<Line> lines = new ArrayList<>();
    BadLines bad = new BadLines(name);
    int number = 0;
    for (String text : (Iterable<String>) text(path, name).lines()::iterator) {
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
          "There is no request in %s: one JSON object a line is expected, such as {\"prompt\": \"a red circle\"}."
              .formatted(name));
    }
    return new PromptsFile(name, lines);
  }

  private static String text(Path path, String name) {
    try {
      byte[] bytes =
          InputFile.isStream(path)
              ? System.in.readNBytes(Integer.MAX_VALUE - Long.BYTES)
              : Files.readAllBytes(path);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new UserException(
          "There is no file %s: check the path of --prompts.".formatted(name), e);
    } catch (CharacterCodingException e) {
      throw new UserException("%s is not UTF-8 text: save it as such.".formatted(name), e);
    } catch (IOException e) {
      if (Files.isDirectory(path)) {
        throw new UserException(
            "%s is a folder; --prompts takes a file of JSON objects, one a line.".formatted(name),
            e);
      }
      throw new EnvironmentException("Cannot read " + name + ": " + FileFaults.reason(e) + ".", e);
    }
  }
}
