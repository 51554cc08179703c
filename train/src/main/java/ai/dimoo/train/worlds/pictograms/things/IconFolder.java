package ai.dimoo.train.worlds.pictograms.things;

import ai.dimoo.error.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/// Where `bin/fetch-icons` puts the icons: in the repository from which the program was started, or
/// in which the tests run.
public final class IconFolder {

  private static final String LOCK = "package-lock.json";

  private IconFolder() {}

  /// Whether the icons are there, in the versions that the repository asks for.
  public static boolean isThere() {
    try {
      return Files.exists(fetched()) && Files.mismatch(fetched(), icons().resolve(LOCK)) < 0;
    } catch (IOException e) {
      return false;
    }
  }

  /// @throws EnvironmentException if the icons are not there
  static void require() {
    if (!isThere()) {
      throw new EnvironmentException(
          "No pictograms in " + path().toAbsolutePath().normalize() + ": run bin/fetch-icons.");
    }
  }

  /// Runs `bin/fetch-icons` if the icons are not there; for commands that need them.
  ///
  /// @throws EnvironmentException if they cannot be had; it says what the script says
  /// @throws CancellationException if this thread is interrupted; nothing is fetched any more
  public static void fetch() {
    if (isThere()) {
      return;
    }
    try {
      run(icons().resolve("../../bin/fetch-icons").toAbsolutePath().normalize());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while icons were fetched");
    }
  }

  static void run(Path script) throws InterruptedException {
    try {
      // to a file, since nobody can be interrupted who reads from a pipe
      Path said = Files.createTempFile("fetch-icons", ".txt");
      try {
        Process process =
            new ProcessBuilder("sh", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (await(process) != 0) {
          throw new EnvironmentException(
              Files.readString(said)
                  .strip()
                  .lines()
                  .reduce((_, last) -> last)
                  .orElse(script + " failed with status " + process.exitValue() + "."));
        }
      } finally {
        Files.delete(said);
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot run " + script + " (" + e.getMessage() + "); run it by hand.", e);
    }
  }

  private static int await(Process process) throws InterruptedException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      throw e;
    }
  }

  /// The folder that holds the packages.
  static Path path() {
    return icons().resolve("node_modules");
  }

  /// The lock file by which the icons were fetched: it tells versions apart.
  static Path fetched() {
    return path().resolve("fetched.lock");
  }

  private static Path icons() {
    return Stream.of(System.getProperty("dimoo.home", ""), "..", "../..")
        .map(root -> Path.of(root, "train", "icons"))
        .filter(icons -> Files.exists(icons.resolve(LOCK)))
        .findFirst()
        .orElse(Path.of("train", "icons"));
  }
}
