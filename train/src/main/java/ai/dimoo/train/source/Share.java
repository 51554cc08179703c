package ai.dimoo.train.source;

import ai.dimoo.error.UserException;
import java.util.stream.IntStream;

/// Which examples of a step one of several processes trains on: every so many-th. Together their
/// shares are the batch that one process alone trains on.
///
/// @param rank of the process, from 0
/// @param of how many processes there are, 1 or more
public record Share(int rank, int of) {

  /// All examples.
  public static final Share WHOLE = new Share(0, 1);

  /// The places in the batch of this share's examples.
  ///
  /// @param batch examples a step of all processes together
  /// @throws UserException if there are fewer examples than processes
  public IntStream places(int batch) {
    if (batch < of) {
      throw new UserException(
          "%d examples a step are too few for %d ranks: give more with --batch, or fewer ranks."
              .formatted(batch, of));
    }
    return IntStream.iterate(rank, i -> i < batch, i -> i + of);
  }
}
