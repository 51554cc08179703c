package ai.dimoo.hub;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/// Fetches one file into the cache: goes on where an earlier run stopped, tries again where a
/// connection breaks, and gives the file its final name only when its hash is right.
final class HubTransfer {

  private static final int BUFFER = 1 << 18;
  private static final int MOST_CORRUPT = 3;

  private final HubHttp http;
  private final HubRetry retry;
  private final DownloadListener listener;

  HubTransfer(HubHttp http, HubRetry retry, DownloadListener listener) {
    this.http = http;
    this.retry = retry;
    this.listener = listener;
  }

  /// @throws EnvironmentException if it cannot be had; what has come stays for the next run
  void fetch(HubFile file, URI uri, Path blob) {
    try (PartialFile partial = PartialFile.open(file, blob)) {
      for (int corrupt = 1; ; corrupt++) {
        receiveAll(file, uri, partial);
        String hash = partial.hash();
        if (hash.equals(file.etag())) {
          partial.publish(blob);
          return;
        }
        partial.restart();
        String reason = "its bytes have the hash " + hash + ", expected " + file.etag();
        if (corrupt == MOST_CORRUPT) {
          throw new EnvironmentException(
              uri + ": " + reason + ", " + corrupt + " times. Nothing was kept; try again later.");
        }
        pause(file.name(), reason, retry.waitAfter(corrupt));
      }
    }
  }

  private void receiveAll(HubFile file, URI uri, PartialFile partial) {
    int failures = 0;
    listener.progress(file.name(), partial.size(), file.size());
    while (!partial.isFull()) {
      long before = partial.size();
      try {
        receive(file, uri, partial);
      } catch (IOException e) {
        failures = partial.size() > before ? 1 : failures + 1;
        if (failures >= retry.attempts()) {
          throw unreachable(uri, e);
        }
        pause(file.name(), reason(e), retry.waitAfter(failures));
      }
    }
  }

  private void receive(HubFile file, URI uri, PartialFile partial) throws IOException {
    HttpResponse<InputStream> response = http.get(uri, partial.size());
    try (InputStream body = response.body();
        StallGuard guard = new StallGuard(body, retry.silence())) {
      if (!continues(response, partial.size())) {
        partial.restart();
        if (response.statusCode() != 200) {
          throw new IOException("the server cannot continue from there");
        }
      }
      byte[] buffer = new byte[BUFFER];
      while (!partial.isFull()) {
        int count = body.read(buffer);
        if (count < 0) {
          throw new IOException(
              "it ended after " + partial.size() + " of " + file.size() + " bytes");
        }
        guard.alive();
        partial.append(buffer, count);
        listener.progress(file.name(), partial.size(), file.size());
      }
    }
  }

  /// Whether the body begins at byte `from`; a server may ignore what we asked for.
  private static boolean continues(HttpResponse<?> response, long from) {
    return switch (response.statusCode()) {
      case 200 -> from == 0;
      case 206 ->
          response
              .headers()
              .firstValue("content-range")
              .orElse("")
              .startsWith("bytes " + from + "-");
      default -> false;
    };
  }

  /// Runs a small request, again where it fails for a reason that may go away.
  <T> T patiently(String what, URI uri, Request<T> request) {
    for (int failures = 1; ; failures++) {
      try {
        return request.send();
      } catch (IOException e) {
        if (failures >= retry.attempts()) {
          throw unreachable(uri, e);
        }
        pause(what, reason(e), retry.waitAfter(failures));
      }
    }
  }

  /// A request and the reading of its answer.
  @FunctionalInterface
  interface Request<T> {
    T send() throws IOException;
  }

  private void pause(String what, String reason, Duration wait) {
    listener.retrying(what, reason, wait);
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      throw HubHttp.interrupted(e);
    }
  }

  private static EnvironmentException unreachable(URI uri, IOException e) {
    return new EnvironmentException(
        "Cannot fetch "
            + uri
            + ": "
            + reason(e)
            + ". Check the network (or HF_ENDPOINT) and run it again: it goes on where it stopped.",
        e);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.net.http.HttpConnectTimeoutException _ -> "no connection in time";
      case java.net.http.HttpTimeoutException _ -> "no answer in time";
      case java.net.ConnectException c when c.getMessage() == null -> "the host cannot be reached";
      default -> FileFaults.reason(e);
    };
  }
}
