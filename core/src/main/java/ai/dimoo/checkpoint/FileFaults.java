package ai.dimoo.checkpoint;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// What the operating system says of a file that cannot be read or written, in words.
final class FileFaults {

  private FileFaults() {}

  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return Shown.text(f.getReason());
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : Shown.text(message);
  }
}
