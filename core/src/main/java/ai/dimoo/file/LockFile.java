package ai.dimoo.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A file that one process and thread at a time holds. The operating system frees it when the
/// process ends, however it ends. Close it to give it back.
public final class LockFile implements AutoCloseable {

  private final FileChannel channel;

  private LockFile(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the lock, if nobody has it; the file and its folder are made if need be.
  ///
  /// @return null if another process, or another thread of this one, has it
  /// @throws IOException if the file cannot be opened or locked
  public static @Nullable LockFile tryTake(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      taken = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // another thread of this process has it
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    return taken ? new LockFile(channel) : null;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock is gone with the channel all the same.
    }
  }
}
