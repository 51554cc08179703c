package ai.dimoo.train.pocket;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A training run's folder, held by one run at a time: two would overwrite each other's states. The
/// operating system frees it when the process ends, however it ends.
final class RunFolder implements AutoCloseable {

  private final Path folder;
  private final FileChannel lock;

  private RunFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Makes the folder if need be and takes it.
  ///
  /// @throws UserException if another run has it
  static RunFolder take(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new UserException(
            folder + ": another run trains here. Wait for it, stop it, or give another --folder.");
      }
      return new RunFolder(folder, channel);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot use the folder " + folder + ": " + FileFaults.reason(e) + ". Choose another.", e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // a run of this process has it
    }
  }

  /// Notes what the run was begun with, or compares it with what was noted.
  ///
  /// @param adopt whether to note the new description where it differs
  /// @throws UserException if it differs
  void begunWith(String description, boolean adopt) {
    Path file = folder.resolve("recipe.txt");
    try {
      if (!adopt && Files.exists(file) && !Files.readString(file).equals(description)) {
        throw new UserException(
            folder
                + ": this run was begun with another recipe or another wording of the world, see "
                + file.getFileName()
                + ". Give another --folder to begin anew, or --adopt-recipe to go on all the same.");
      }
      Files.writeString(file, description);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot use " + file + ": " + FileFaults.reason(e) + ". Choose another folder.", e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // The lock is gone with the channel all the same.
    }
  }
}
