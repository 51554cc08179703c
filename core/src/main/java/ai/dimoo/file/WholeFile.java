package ai.dimoo.file;

import ai.dimoo.error.DimooException;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes a file where a user wants it, whole or not at all, and says in one line why it could not.
public final class WholeFile {

  private WholeFile() {}

  /// Writes to a file beside the target and moves it into place, so that the target never holds a
  /// half. A link is followed; a device such as `/dev/stdout` is written to directly.
  ///
  /// @throws UserException if the target is a folder, or its folder is missing or not writable
  /// @throws EnvironmentException if the disk is full or fails
  public static void write(Path target, byte[] content) {
    requireWritable(target);
    try {
      Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
      if (Files.exists(real) && !Files.isRegularFile(real)) {
        Files.write(real, content, StandardOpenOption.WRITE);
        return;
      }
      AtomicFile.replace(real, AtomicFile.of(content));
    } catch (IOException e) {
      throw notWritten(target, e);
    }
  }

  /// Refuses a target that could not be written, before the work on what it should hold begins.
  ///
  /// @throws UserException if the target is a folder, or its folder is missing or not writable
  public static void requireWritable(Path target) {
    if (Files.isDirectory(target)) {
      throw new UserException(
          "Cannot write %s: it is a folder. Give the name of a file in it.".formatted(target));
    }
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UserException(
          "Cannot write %s: there is no folder %s. Make it first or choose another place."
              .formatted(target, folder));
    }
    if (!Files.isWritable(Files.exists(target) && !Files.isRegularFile(target) ? target : folder)) {
      throw noPermission(target, null);
    }
  }

  private static DimooException notWritten(Path target, IOException e) {
    if (e instanceof AccessDeniedException) {
      return noPermission(target, e);
    }
    if (e instanceof NoSuchFileException) {
      return new UserException(
          "Cannot write %s: its folder is gone or takes no files. Choose another place."
              .formatted(target),
          e);
    }
    String reason = reason(e);
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("space") || lower.contains("quota")) {
      return new EnvironmentException(
          "Cannot write %s: the disk is full. Free some space or choose another place."
              .formatted(target),
          e);
    }
    return new EnvironmentException(
        "Cannot write %s: %s. Choose another place.".formatted(target, reason), e);
  }

  private static UserException noPermission(Path target, @Nullable IOException e) {
    return new UserException(
        "Cannot write %s: no permission. Choose another place or change the folder's permissions."
            .formatted(target),
        e);
  }

  /// What the system said, without the path that Java puts before it.
  public static String reason(IOException e) {
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
