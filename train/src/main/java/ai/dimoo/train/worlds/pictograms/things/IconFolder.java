package ai.dimoo.train.worlds.pictograms.things;

import ai.dimoo.error.EnvironmentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  public static void fetch() throws InterruptedException {
    if (isThere()) {
      return;
    }
    Path script = icons().resolve("../../bin/fetch-icons").toAbsolutePath().normalize();
    try {
      Process process =
          new ProcessBuilder("sh", script.toString()).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new EnvironmentException(
            said.strip()
                .lines()
                .reduce((_, last) -> last)
                .orElse(script + " failed with status " + process.exitValue() + "."));
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot run " + script + " (" + e.getMessage() + "); run it by hand.", e);
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
