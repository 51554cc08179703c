package ai.dimoo.diffusion;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/// The model as the samplers see it: it predicts every masked token of a sequence at once. A
/// forward pass is two calls, so that logits are computed only for the rows and columns that a step
/// reads.
///
/// Results belong to the caller's `PointerScope`.
public interface MaskPredictor {

  /// @param ids [L] int64
  /// @return [L, d]
  Tensor hidden(Tensor ids);

  /// The logits of a range of the vocabulary.
  ///
  /// @param hidden [n, d]
  /// @param from first token id
  /// @param to one past the last token id
  /// @return [n, to − from]
  Tensor logits(Tensor hidden, long from, long to);

  /// Number of token ids.
  int vocabularySize();

  /// Where it computes, and expects token ids.
  Device device();

  /// An empty store for the keys and values of one sequence. The caller closes it.
  StoredSequence newStore();

  /// The keys and values of every layer and position of one sequence.
  interface StoredSequence extends AutoCloseable {

    /// Computes every position and replaces what is stored.
    ///
    /// @param ids [L] int64
    /// @return [L, d]
    Tensor hidden(Tensor ids);

    /// Computes some positions anew against what is stored of the others, and stores theirs.
    ///
    /// @param ids [n] int64, the tokens at those positions
    /// @param positions [n] int64, ascending
    /// @return [n, d]
    Tensor hiddenAt(Tensor ids, Tensor positions);

    @Override
    void close();
  }
}
