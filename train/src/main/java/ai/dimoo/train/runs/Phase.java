package ai.dimoo.train.runs;

import java.util.List;

/// A part of a run that can be done by itself. All that it needs to go on lies in its folder.
public interface Phase {

  /// Its name, on the command line and as a folder.
  String name();

  /// The phases that must be done before it can begin.
  default List<String> needs() {
    return List.of();
  }

  /// Whether nothing is left to do. Never, unless a phase says otherwise: one that took all its
  /// steps is still compared with the recipe that it was begun with.
  default boolean done(RunFolder run) {
    return false;
  }

  /// Whether several ranks can do it together.
  default boolean parallel() {
    return false;
  }

  /// Goes on to the end, or until the listener stops it. The phase's folder is taken by this
  /// process, and what it needs is done.
  ///
  /// @return whether it is complete, the same on all ranks
  boolean run(RunFolder run, Conduct conduct);

  /// Takes over what a model keeps of this phase, as if it had been at work here until then.
  default void takeOver(RunFolder run, KeptTraining kept, Conduct conduct) {}
}
