package ai.dimoo.hub;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.file.LockFile;
import java.io.IOException;
import java.nio.file.Path;

/// The lock of the one process and thread that downloads a repository.
final class HubLock {

  private static final long POLL_MILLIS = 100;

  private HubLock() {}

  /// Takes the lock, waiting for whoever has it.
  static LockFile take(Path file, DownloadListener listener) {
    try {
      boolean told = false;
      while (true) {
        LockFile lock = LockFile.tryTake(file);
        if (lock != null) {
          return lock;
        }
        if (!told) {
          listener.waiting(file);
          told = true;
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot lock %s: %s. Set HF_HUB_CACHE to a folder that may be written."
              .formatted(file, FileFaults.reason(e)),
          e);
    } catch (InterruptedException e) {
      throw HubHttp.interrupted(e);
    }
  }
}
