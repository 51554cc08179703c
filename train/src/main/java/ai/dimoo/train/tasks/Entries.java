package ai.dimoo.train.tasks;

import java.util.random.RandomGenerator;

/// An endless supply of a world's entries.
///
/// @param <E> what an entry is
@FunctionalInterface
public interface Entries<E> {

  /// An entry that depends on the arguments alone.
  ///
  /// @param step of the training, from 0: what is easy may come first
  /// @param random for this entry only
  E draw(long step, RandomGenerator random);
}
