package ai.dimoo.train.runs;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A phase that makes one file and is done when it is there.
///
/// @param name of the phase
/// @param needs phases whose files it reads
/// @param file the file's name in the phase's folder
/// @param description what decides the file's content, in words
/// @param maker makes it
public record ProductPhase(
    String name, List<String> needs, String file, String description, Maker maker)
    implements Phase {

  /// Makes a phase's file, whole or not at all.
  @FunctionalInterface
  public interface Maker {

    /// @param target where the file belongs; its folder is there
    void make(Path target, RunFolder run, Conduct conduct);
  }

  @Override
  public boolean done(RunFolder run) {
    return Files.exists(run.file(name, file));
  }

  /// A model has the file itself, if any.
  @Override
  public void takeOver(RunFolder run, KeptTraining kept, Conduct conduct) {
    Path source = kept.model().resolve(file);
    if (Files.isRegularFile(source)) {
      AtomicFile.write(run.file(name, file), AtomicFile.of(read(source)));
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read %s: %s.".formatted(file, FileFaults.reason(e)), e);
    }
  }

  @Override
  public boolean run(RunFolder run, Conduct conduct) {
    run.begunWith(name, description, conduct);
    maker.make(run.file(name, file), run, conduct);
    return true;
  }
}
