package ai.dimoo.train.runs;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.file.AtomicFile;
import ai.dimoo.file.LockFile;
import ai.dimoo.request.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// Where a run lies: a folder for each of its phases. A phase writes into its own and reads in
/// those of the phases that it needs.
///
/// @param root made when a phase first begins
public record RunFolder(Path root) {

  /// The environment variable that says where runs lie.
  public static final String RUNS = "DIMOO_RUNS";

  static final String STATE = "state.safetensors";

  private static final String RECIPE = "recipe.txt";
  private static final String LOCK = "lock";

  /// The folder of a recipe's run unless a user names another: outside any checkout, since a run
  /// goes on over days. In `$DIMOO_RUNS`, else `$XDG_STATE_HOME/dimoo/runs`, else
  /// `~/.local/state/dimoo/runs`.
  public static RunFolder ofRecipe(String recipe, Map<String, String> environment) {
    String runs = environment.getOrDefault(RUNS, "");
    if (!runs.isBlank()) {
      return new RunFolder(Path.of(runs, recipe));
    }
    String states = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base =
        states.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(states);
    return new RunFolder(base.resolve("dimoo").resolve("runs").resolve(recipe));
  }

  /// The folder of a phase.
  public Path of(String phase) {
    return root.resolve(phase);
  }

  /// A file of a phase.
  public Path file(String phase, String name) {
    return of(phase).resolve(name);
  }

  /// Where a phase that trains saves its state.
  Path state(String phase) {
    return file(phase, STATE);
  }

  /// Takes a phase for this process, so that no two write into one folder. Different phases may be
  /// at work at once.
  ///
  /// @throws UserException if another process has it
  /// @throws EnvironmentException if the folder cannot be used
  LockFile take(String phase) {
    try {
      LockFile lock = LockFile.tryTake(file(phase, LOCK));
      if (lock == null) {
        throw new UserException(
            "%s: another process is at work on this phase. Wait for it, stop it, or give another"
                    .formatted(of(phase))
                + " --folder.");
      }
      return lock;
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot use the folder %s: %s. Choose another."
              .formatted(of(phase), FileFaults.reason(e)),
          e);
    }
  }

  /// Notes what a phase was begun with, or compares it with what was noted, unless nothing else is
  /// there: then the phase was refused or stopped before it wrote anything. Ranks compare theirs
  /// with the first one's before.
  ///
  /// @param description what decides the outcome, in words
  /// @throws UserException if it differs and the new one is not to be noted instead
  void begunWith(String phase, String description, Conduct conduct) {
    begunWith(phase, description, description, conduct);
  }

  /// The same where ranks need not agree on all of it, such as where their data lie.
  ///
  /// @param common what ranks must have the same
  void begunWith(String phase, String description, String common, Conduct conduct) {
    conduct
        .ranks()
        .requireSame("phase %s in %s\n%s".formatted(phase, conduct.dtype().spelling(), common));
    if (conduct.ranks().first()) {
      begunWith(phase, description, conduct.adopt());
    }
  }

  void begunWith(String phase, String description, boolean adopt) {
    Path file = file(phase, RECIPE);
    try {
      Files.createDirectories(of(phase));
      if (Files.exists(file)) {
        if (Files.readString(file).equals(description)) {
          return;
        }
        if (!adopt && hasMore(of(phase))) {
          throw new UserException(
              "%s: this phase was begun with another recipe or another world, see %s. Begin"
                      .formatted(of(phase), file.getFileName())
                  + " in another folder, or give --adopt-recipe to go on all the same.");
        }
      }
      AtomicFile.replace(file, AtomicFile.of(description.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot use %s: %s. Choose another folder.".formatted(file, FileFaults.reason(e)), e);
    }
  }

  /// Whether a phase has written anything but what it was begun with.
  private static boolean hasMore(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .anyMatch(name -> !name.equals(RECIPE) && !name.equals(LOCK));
    }
  }

  /// A number for a file's content, short enough to be read.
  ///
  /// @throws EnvironmentException if it cannot be read
  static String fingerprint(Path file) {
    try {
      return fingerprint(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read %s: %s.".formatted(file, FileFaults.reason(e)), e);
    }
  }

  /// The same of bytes.
  static String fingerprint(byte[] bytes) {
    return new Fingerprint().add(bytes).hex();
  }
}
