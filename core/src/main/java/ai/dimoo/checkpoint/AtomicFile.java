package ai.dimoo.checkpoint;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files that are there whole or not at all: written under a temporary name in the same folder,
/// then renamed.
final class AtomicFile {

  /// Writes a file's content to the channel it is given.
  @FunctionalInterface
  interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  private AtomicFile() {}

  /// @throws EnvironmentException if the file cannot be written; then the target is as before
  static void write(Path target, Content content) {
    Path temporary = temporaryBeside(target);
    try {
      Path folder = target.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      move(temporary, target);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write " + target + ": " + FileFaults.reason(e) + ".", e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  /// Renames within one file system, over whatever file stands there.
  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// A hidden name beside `target` that no other process uses.
  static Path temporaryBeside(Path target) {
    String unique = ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
    return target.resolveSibling("." + target.getFileName() + "." + unique + ".tmp");
  }

  static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The failure that led here is the one to report; a left-over temporary file is harmless.
    }
  }
}
