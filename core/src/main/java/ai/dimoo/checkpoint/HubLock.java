package ai.dimoo.checkpoint;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Held by the one process and thread that downloads a repository. The operating system frees it
/// when the process ends, however it ends.
final class HubLock implements AutoCloseable {

  private static final long POLL_MILLIS = 100;

  private final FileChannel channel;

  private HubLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the lock, waiting for whoever has it.
  static HubLock take(Path file, DownloadListener listener) {
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean taken = false;
      try {
        waitFor(channel, file, listener);
        taken = true;
      } finally {
        if (!taken) {
          channel.close();
        }
      }
      return new HubLock(channel);
    } catch (IOException e) {
      throw new EnvironmentException("Cannot lock " + file + ": " + FileFaults.reason(e) + ".", e);
    } catch (InterruptedException e) {
      throw HubHttp.interrupted(e);
    }
  }

  private static void waitFor(FileChannel channel, Path file, DownloadListener listener)
      throws IOException, InterruptedException {
    boolean told = false;
    while (tryLock(channel) == null) {
      if (!told) {
        listener.waiting(file);
        told = true;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another thread of this process has it
    }
  }

  /// Gives it back.
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock is gone with the channel all the same.
    }
  }
}
