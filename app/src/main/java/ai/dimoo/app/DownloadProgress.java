package ai.dimoo.app;

import ai.dimoo.hub.DownloadListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Shows a download, or another work on large files, one after the other, and ends it when the user
/// wants it to stop: what has come stays in the cache, and the next run goes on from there.
final class DownloadProgress implements DownloadListener, AutoCloseable {

  private final Terminal terminal;
  private String file = "";
  private @Nullable Progress progress;

  DownloadProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void started(int files, long bytes) {
    if (files > 0) {
      say(String.format(Locale.ROOT, "%d files to fetch, %.1f MB", files, bytes / 1e6));
    }
  }

  @Override
  public void progress(String name, long done, long total) {
    terminal.stop().check();
    if (progress == null || !name.equals(file)) {
      close();
      file = name;
      progress = terminal.progress(name, total, "bytes");
    }
    progress.at(done, "");
  }

  @Override
  public void finished(String name) {
    close();
  }

  @Override
  public void retrying(String name, String reason, Duration wait) {
    terminal.stop().check();
    say(name + ": " + reason + "; trying again in " + wait.toSeconds() + " s");
  }

  @Override
  public void waiting(Path lock) {
    say("waiting for another process that downloads the same (" + lock + ")");
  }

  @Override
  public void close() {
    if (progress != null) {
      progress.close();
      progress = null;
    }
  }

  private void say(String text) {
    terminal.err().println(text);
    terminal.err().flush();
  }
}
