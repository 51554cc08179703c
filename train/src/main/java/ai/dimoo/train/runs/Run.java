package ai.dimoo.train.runs;

import ai.dimoo.error.UserException;
import ai.dimoo.file.LockFile;
import ai.dimoo.train.parallel.Ranks;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A training run: its phases in their order, in one folder.
///
/// Not thread-safe; call it from one platform thread. Several processes may work on one run, each
/// on a phase of its own, or as the ranks of one phase: then the first takes the phase's folder,
/// and the others only read in it.
public final class Run {

  private final RunFolder folder;
  private final List<Phase> phases;

  /// @param phases each after those that it needs
  public Run(RunFolder folder, List<Phase> phases) {
    this.folder = folder;
    this.phases = List.copyOf(phases);
  }

  /// Goes on with every phase that is not done, one after another.
  ///
  /// @return whether the run is complete; false if the listener stopped it
  /// @throws UserException if another process is at work on a phase, or it was begun with another
  ///   recipe
  public boolean all(Conduct conduct) {
    for (Phase phase : phases) {
      if (!run(phase, conduct)) {
        return false;
      }
    }
    return true;
  }

  /// Goes on with one phase.
  ///
  /// @return whether it is complete
  /// @throws UserException if there is no such phase, or one that it needs is not done
  public boolean only(String name, Conduct conduct) {
    Phase phase =
        find(name)
            .orElseThrow(() ->
                new UserException(
                    "There is no phase '%s'; there are %s."
                        .formatted(
                            name,
                            phases.stream().map(Phase::name).collect(Collectors.joining(", ")))));
    for (String needed : phase.needs()) {
      if (!find(needed).orElseThrow().done(folder)) {
        throw new UserException(
            "The phase %s needs %s, which is not done in %s; run --phase %s first."
                .formatted(name, needed, folder.root(), needed));
      }
    }
    return run(phase, conduct);
  }

  private Optional<Phase> find(String name) {
    return phases.stream().filter(phase -> phase.name().equals(name)).findFirst();
  }

  private boolean run(Phase phase, Conduct conduct) {
    if (phase.done(folder)) {
      return true;
    }
    Ranks ranks = conduct.ranks();
    if (ranks.count() > 1 && !phase.parallel()) {
      throw new UserException(
          "The phase %s is the work of one process, and is not done in %s; run it first, without --world."
              .formatted(phase.name(), folder.root()));
    }
    try (LockFile lock = ranks.first() ? folder.take(phase.name()) : null) {
      boolean complete = phase.run(folder, conduct);
      ranks.await(); // for what the first has still to write
      return complete;
    }
  }
}
