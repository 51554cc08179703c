package ai.dimoo.diffusion;

import ai.dimoo.sequence.TokenIds;
import ai.dimoo.transformer.KeyValueCache;
import java.util.stream.IntStream;

/// The dual cache of Fast-dLLM (arXiv 2505.22618): the first step of a block computes the whole
/// sequence, the others the block alone, against the stored keys and values of what stands before
/// and behind it. One cache serves one sequence.
///
/// Not thread-safe. Owns its tensors: close it when the run ends.
final class BlockCache implements AutoCloseable {

  private static final int[] NONE = {};

  private final KeyValueCache store = new KeyValueCache();

  /// The block that a step works on.
  ///
  /// @param begin its first position
  /// @param end one past its last position
  /// @param first whether the step is the first in it
  record Block(int begin, int end, boolean first) {

    /// The same where all stands so many positions further on.
    Block shifted(int by) {
      return new Block(begin + by, end + by, first);
    }
  }

  /// What a step needs computed of the present sequence.
  ///
  /// @param read positions of the block whose logits are wanted
  SequenceInput input(TokenIds ids, int[] read, Block block, Columns columns) {
    Computation computation =
        block.first()
            ? new Computation.All(store)
            : new Computation.Some(store, IntStream.range(block.begin(), block.end()).toArray());
    return new SequenceInput(ids, computation, read, NONE, columns);
  }

  @Override
  public void close() {
    store.close();
  }
}
