package ai.dimoo.train.pocket;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.file.AtomicFile;
import ai.dimoo.file.LockFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A training run's folder, held by one run at a time: two would overwrite each other's states.
final class RunFolder implements AutoCloseable {

  private final Path folder;
  private final LockFile lock;

  private RunFolder(Path folder, LockFile lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Makes the folder if need be and takes it.
  ///
  /// @throws UserException if another run has it
  static RunFolder take(Path folder) {
    try {
      LockFile lock = LockFile.tryTake(folder.resolve("lock"));
      if (lock == null) {
        throw new UserException(
            folder + ": another run trains here. Wait for it, stop it, or give another --folder.");
      }
      return new RunFolder(folder, lock);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot use the folder " + folder + ": " + FileFaults.reason(e) + ". Choose another.", e);
    }
  }

  /// Notes what the run was begun with, or compares it with what was noted.
  ///
  /// @param adopt whether to note the new description where it differs
  /// @throws UserException if it differs
  void begunWith(String description, boolean adopt) {
    Path file = folder.resolve("recipe.txt");
    try {
      if (Files.exists(file)) {
        if (Files.readString(file).equals(description)) {
          return;
        }
        if (!adopt) {
          throw new UserException(
              folder
                  + ": this run was begun with another recipe or another wording of the world, see "
                  + file.getFileName()
                  + ". Give another --folder to begin anew, or --adopt-recipe to go on all the"
                  + " same.");
        }
      }
      AtomicFile.replace(file, AtomicFile.of(description.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot use " + file + ": " + FileFaults.reason(e) + ". Choose another folder.", e);
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
