package ai.dimoo.file;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files that are there whole or not at all: written under a temporary name in the same folder,
/// then renamed. All methods may be called from several threads.
public final class AtomicFile {

  /// Writes a file's content to the channel it is given.
  @FunctionalInterface
  public interface Content {
    /// Called once, at the file's beginning.
    void writeTo(FileChannel channel) throws IOException;
  }

  private AtomicFile() {}

  /// Content that is there already.
  public static Content of(byte[] bytes) {
    return channel -> {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    };
  }

  /// Writes a file that outlives a power cut; its folder is made if it does not exist.
  ///
  /// @throws EnvironmentException if the file cannot be written; then the target is as before
  public static void write(Path target, Content content) {
    try {
      Path folder = target.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      replace(
          target,
          channel -> {
            content.writeTo(channel);
            channel.force(true);
          });
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write " + target + ": " + FileFaults.reason(e) + ".", e);
    }
  }

  /// Writes a file into a folder that exists, over whatever file stands there.
  ///
  /// @throws IOException if it cannot be written; then the target is as before
  public static void replace(Path target, Content content) throws IOException {
    Path temporary = temporaryBeside(target);
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
      }
      move(temporary, target);
    } finally {
      deleteQuietly(temporary);
    }
  }

  /// Renames within one file system, over whatever file stands there.
  public static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// A hidden name beside `target` that no other process uses.
  public static Path temporaryBeside(Path target) {
    String unique = ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
    return target.resolveSibling("." + target.getFileName() + "." + unique + ".tmp");
  }

  /// Deletes a file if it is there and can be deleted.
  public static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The failure that led here is the one to report; a left-over temporary file is harmless.
    }
  }
}
