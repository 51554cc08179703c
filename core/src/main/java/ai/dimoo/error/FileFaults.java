package ai.dimoo.error;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// What the operating system says of a file that cannot be read or written, in words.
public final class FileFaults {

  /// How Linux and macOS say it.
  private static final String FULL = "No space left";

  private FileFaults() {}

  /// The reason alone, for a line that has named the file already.
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "there is a file of that name already";
    }
    if (e instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    String message =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : e.getMessage();
    if (message == null) {
      return e.getClass().getSimpleName();
    }
    return message.startsWith(FULL) ? "the disk is full" : Shown.text(message);
  }
}
