package ai.dimoo.train.parallel;

import ai.dimoo.error.UserException;
import org.bytedeco.pytorch.Tensor;

/// The processes that train one model together, as one of them sees them. Every call but those of
/// numbers that never change is made by all ranks, in one order, and returns on each when all have
/// made it.
///
/// Not thread-safe; call it from the thread that trains. Whoever joined closes it.
///
/// Everything throws an [EnvironmentException] once another rank has ended or does not answer.
public sealed interface Ranks extends AutoCloseable permits SingleRank, ConnectedRanks {

  /// One process by itself: sums are what it has, and nothing is sent.
  Ranks ALONE = new SingleRank();

  /// Which of them this is, from 0.
  int rank();

  /// How many there are, 1 or more.
  int count();

  /// Whether this is rank 0, which alone writes.
  default boolean first() {
    return rank() == 0;
  }

  /// The sum of a number over all ranks.
  double sum(double mine);

  /// Whether something is so on any rank.
  default boolean any(boolean mine) {
    return sum(mine ? 1 : 0) > 0;
  }

  /// Waits until all ranks are here.
  default void await() {
    sum(0);
  }

  /// The L2 norm of a vector of which each rank has a part.
  ///
  /// @param mine the norm of this rank's part
  double norm(double mine);

  /// Adds a tensor up over all ranks, in place.
  ///
  /// @param tensor contiguous, of one shape everywhere
  void sum(Tensor tensor);

  /// This rank's part of a tensor of which each has an equal number of rows: a view, in the
  /// caller's scope.
  ///
  /// @param whole [n, ...], n a multiple of [#count]
  default Tensor part(Tensor whole) {
    long rows = whole.size(0) / count();
    return whole.narrow(0, rank() * rows, rows);
  }

  /// Fills a tensor of which every rank has its own part right with the others'.
  ///
  /// @param whole [n, ...], contiguous; n a multiple of [#count]
  void gather(Tensor whole);

  /// Refuses ranks that differ.
  ///
  /// @param what has to be the same on all, in lines
  /// @throws UserException on every rank if it is not
  void requireSame(String what);

  @Override
  void close();
}
