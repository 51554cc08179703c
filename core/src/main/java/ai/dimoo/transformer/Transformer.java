package ai.dimoo.transformer;

import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.linear.LinearLayer;
import ai.dimoo.linear.Linears;
import ai.dimoo.torch.ResultScope;
import ai.dimoo.torch.Weights;
import ai.dimoo.transformer.RotaryPositions.Angles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// LLaDA's bidirectional transformer: predicts every masked token of a sequence at once.
///
/// A forward pass is two calls, so that only the rows and columns of the logits that a step reads
/// are computed: {@link #hidden} for all positions, {@link #logits} for some.
///
/// Stateless after construction except for the table of rotary angles, which is guarded: several
/// platform threads may use it. The caller owns the weights; results belong to the caller's
/// `PointerScope`.
public final class Transformer implements AutoCloseable {

  private final TransformerConfig config;
  private final Tensor embedding; // [vocabulary, d]
  private final List<TransformerBlock> blocks;
  private final RmsNorm finalNorm;
  private final LinearLayer head; // d → vocabulary
  private final RotaryPositions rotary;

  /// A transformer whose linear layers are plain matrices.
  ///
  /// @param weights the tensors by their published names, all of one dtype and on one device
  public Transformer(TransformerConfig config, Weights weights, Attention attention) {
    this(config, weights, Linears.dense(weights), attention);
  }

  /// Asks for every weight once, in the order of the layers, and reads no number of any.
  ///
  /// @param weights the embedding and the norms by their published names, of one dtype, in which it
  ///   computes, and on one device
  /// @param linears every other layer
  public Transformer(
      TransformerConfig config, Weights weights, Linears linears, Attention attention) {
    this.config = config;
    long d = config.dModel();
    long vocabulary = config.vocabSize();
    embedding = weights.get(TensorNames.EMBEDDING, vocabulary, d);
    blocks =
        IntStream.range(0, config.nLayers())
            .mapToObj(layer -> new TransformerBlock(config, layer, weights, linears, attention))
            .toList();
    finalNorm = new RmsNorm(weights.get(TensorNames.FINAL_NORM, d), config.rmsNormEps());
    head =
        config.weightTying()
            ? LinearLayer.dense(embedding)
            : linears.get(TensorNames.HEAD, vocabulary, d);
    rotary = new RotaryPositions(config.ropeTheta(), config.headDim(), embedding);
  }

  /// The shape of this model.
  public TransformerConfig config() {
    return config;
  }

  /// Where its weights lie, and where it expects token ids; belongs to the caller's `PointerScope`.
  public Device device() {
    return embedding.device();
  }

  /// The output of the last block after the final norm, for every position.
  ///
  /// @param ids [B, L] int64
  /// @param attended [B, L] bool, false at padding, which no position attends to; null: no padding
  /// @return [B, L, d]
  public Tensor hidden(Tensor ids, @Nullable Tensor attended) {
    return throughBlocks(ids, null, (layer, x, _) -> block(layer, x, attended));
  }

  /// Like {@link #hidden} for sequences of any lengths, one behind another in one pass: products
  /// take the rows of all at once, and each attends to itself.
  ///
  /// @param ids [1, ΣL] int64
  /// @param positions `[ΣL]` int64, within the sequence that each belongs to
  /// @param lengths of the sequences
  /// @return [1, ΣL, d]
  public Tensor hiddenJoined(Tensor ids, Tensor positions, int[] lengths) {
    Angles angles = rotary.at(positions, Arrays.stream(lengths).max().orElseThrow());
    return throughBlocks(
        ids, null, (layer, x, _) -> blocks.get(layer).forwardJoined(x, angles, lengths));
  }

  /// Every intermediate of {@link #hidden}, for comparing implementations: the embedding output,
  /// the input of each further block, and last the final norm's output.
  ///
  /// @return nLayers + 1 tensors [B, L, d]
  public List<Tensor> hiddenStates(Tensor ids, @Nullable Tensor attended) {
    List<Tensor> states = new ArrayList<>();
    states.add(embed(ids));
    for (int i = 0; i < blocks.size(); i++) {
      int layer = i;
      Tensor x = states.getLast();
      states.add(ResultScope.of(() -> block(layer, x, attended)));
    }
    states.add(finish(states.removeLast()));
    return states;
  }

  /// One block's work: [B, n, d] → [B, n, d], or of some rows alone: [1, n, d] → [1, m, d]
  private interface BlockPass {
    Tensor apply(int layer, Tensor x, @Nullable Tensor rows);
  }

  /// From embeddings through every block, each of which frees what the one before it made, to the
  /// final norm.
  ///
  /// @param wanted [m] int64, the rows that are read; null: all
  private Tensor throughBlocks(Tensor ids, @Nullable Tensor wanted, BlockPass pass) {
    Tensor x = embed(ids);
    for (int i = 0; i < blocks.size(); i++) {
      int layer = i;
      Tensor rows = i == blocks.size() - 1 ? wanted : null;
      x = ResultScope.consuming(x, in -> pass.apply(layer, in, rows));
    }
    return finish(x);
  }

  /// Like {@link #hidden} for one sequence, and stores the keys and values of all positions in the
  /// cache.
  ///
  /// @param ids [1, L] int64
  /// @param wanted [m] int64, the positions that are read, for which alone the last block computes
  ///   more than keys and values; null: all
  /// @return [1, m, d]
  public Tensor hiddenAndStore(Tensor ids, KeyValueCache cache, @Nullable Tensor wanted) {
    Angles angles = rotary.firstPositions(ids.size(1));
    return throughBlocks(
        ids,
        wanted,
        (layer, x, rows) -> blocks.get(layer).forwardAndStore(x, angles, cache, layer, rows));
  }

  /// Computes some positions of a stored sequence again, against the stored keys and values of the
  /// others, and stores theirs.
  ///
  /// @param ids [1, n] int64, the tokens at those positions
  /// @param positions `[n]` int64, ascending
  /// @param wanted [m] int64, those of the n that are read, by their place among them, for which
  ///   alone the last block computes more than keys and values; null: all
  /// @return [1, m, d]
  public Tensor hiddenFrom(
      KeyValueCache cache, Tensor ids, Tensor positions, @Nullable Tensor wanted) {
    long length = cache.length();
    Angles all = rotary.firstPositions(length);
    Angles angles = rotary.at(positions, length);
    return throughBlocks(
        ids,
        wanted,
        (layer, x, rows) ->
            blocks.get(layer).forwardFrom(cache, layer, x, positions, angles, all, rows));
  }

  /// The logits of a range of the vocabulary.
  ///
  /// @param hidden [..., d]
  /// @param from first token id
  /// @param to one past the last token id
  /// @return [..., to − from]
  public Tensor logits(Tensor hidden, long from, long to) {
    return head.outputs(from, to).apply(hidden);
  }

  /// The logits of the whole vocabulary: [..., d] → [..., vocabulary]
  public Tensor logits(Tensor hidden) {
    return head.apply(hidden);
  }

  /// Token embeddings: [B, L] int64 → [B, L, d]
  public Tensor embed(Tensor ids) {
    // a trainer keeps the table in float32: gradients of frequent tokens would drown in bfloat16
    return torch.embedding(embedding, ids).to(finalNorm.weight().scalar_type());
  }

  /// One block alone, for a trainer that recomputes activations: [B, L, d] → [B, L, d]
  public Tensor block(int layer, Tensor x, @Nullable Tensor attended) {
    Tensor keys = attended == null ? null : attended.unsqueeze(1).unsqueeze(1); // [B, 1, 1, L]
    return blocks.get(layer).forward(x, rotary.firstPositions(x.size(1)), keys);
  }

  /// The final norm: [B, L, d] → [B, L, d]
  public Tensor finish(Tensor x) {
    return finalNorm.apply(x);
  }

  @Override
  public void close() {
    rotary.close();
  }
}
