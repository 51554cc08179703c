package ai.dimoo.train.runs;

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

  @Override
  public boolean run(RunFolder run, Conduct conduct) {
    run.begunWith(name, description, conduct.adopt());
    maker.make(run.file(name, file), run, conduct);
    return true;
  }
}
