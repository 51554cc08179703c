package ai.dimoo.hub;

import java.nio.file.Path;
import java.time.Duration;

/// Told how a download goes on. All calls come from the thread that runs the download; an exception
/// from a method ends it.
public interface DownloadListener {

  /// A listener that does nothing.
  DownloadListener NONE = new DownloadListener() {};

  /// The file list is known.
  ///
  /// @param files how many files there are to fetch; 0 if all are in the cache
  /// @param bytes how many bytes are still to come
  default void started(int files, long bytes) {}

  /// Part of a file has come, or a file is begun again after a fault (then `done` is smaller).
  ///
  /// @param file its name in the repository
  /// @param done bytes that are on the disk, those of earlier runs too
  /// @param total bytes of the file
  default void progress(String file, long done, long total) {}

  /// A file is whole, checked and in its place.
  default void finished(String file) {}

  /// A connection broke or the bytes were wrong; the file is tried again after `wait`.
  default void retrying(String file, String reason, Duration wait) {}

  /// Another process downloads the same repository; this one waits for it.
  default void waiting(Path lock) {}
}
