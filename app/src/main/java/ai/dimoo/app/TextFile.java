package ai.dimoo.app;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.file.Utf8;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A text in UTF-8 that `--prompts` names.
final class TextFile {

  private TextFile() {}

  /// What messages call it.
  static String name(Path path) {
    return InputFile.isStream(path) ? "standard input" : path.toString();
  }

  /// Reads a file, or standard input where the path is `-`. A byte order mark is left out.
  ///
  /// @param lines what it holds, one a line: for the message where the path is a folder's
  /// @throws UserException if it is not there or is no text
  static String read(Path path, String lines) {
    String name = name(path);
    try {
      byte[] bytes =
          InputFile.isStream(path)
              ? System.in.readNBytes(Integer.MAX_VALUE - Long.BYTES)
              : Files.readAllBytes(path);
      return Utf8.decode(bytes);
    } catch (NoSuchFileException e) {
      throw new UserException(
          "There is no file %s: check the path of --prompts.".formatted(name), e);
    } catch (CharacterCodingException e) {
      throw new UserException("%s is not UTF-8 text: save it as such.".formatted(name), e);
    } catch (IOException e) {
      if (Files.isDirectory(path)) {
        throw new UserException(
            "%s is a folder; --prompts takes a file of %s, one a line.".formatted(name, lines), e);
      }
      throw new EnvironmentException("Cannot read " + name + ": " + FileFaults.reason(e) + ".", e);
    }
  }
}
