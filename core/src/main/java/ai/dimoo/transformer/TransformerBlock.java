package ai.dimoo.transformer;

import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.linear.LinearLayer;
import ai.dimoo.linear.Linears;
import ai.dimoo.torch.Weights;
import ai.dimoo.transformer.KeyValueCache.KeysAndValues;
import ai.dimoo.transformer.RotaryPositions.Angles;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// One block: x += attn_out(attention(norm(x))); x += feedForward(norm(x)). (LLaDA's
/// `LLaDALlamaBlock`.)
public final class TransformerBlock {

  private final TransformerConfig config;
  private final Attention attention;
  private final RmsNorm attentionNorm;
  private final RmsNorm feedForwardNorm;
  private final LinearLayer query;
  private final LinearLayer key;
  private final LinearLayer value;
  private final LinearLayer attentionOut;
  private final FeedForward feedForward;

  TransformerBlock(
      TransformerConfig config, int layer, Weights norms, Linears linears, Attention attention) {
    this.config = config;
    this.attention = attention;
    long d = config.dModel();
    long kv = (long) config.nKvHeads() * config.headDim();
    long hidden = config.mlpHiddenSize();
    attentionNorm =
        new RmsNorm(norms.get(TensorNames.attentionNorm(layer), d), config.rmsNormEps());
    feedForwardNorm =
        new RmsNorm(norms.get(TensorNames.feedForwardNorm(layer), d), config.rmsNormEps());
    query = linears.get(TensorNames.query(layer), d, d);
    key = linears.get(TensorNames.key(layer), kv, d);
    value = linears.get(TensorNames.value(layer), kv, d);
    attentionOut = linears.get(TensorNames.attentionOut(layer), d, d);
    feedForward =
        new FeedForward(
            linears.get(TensorNames.gate(layer), hidden, d),
            linears.get(TensorNames.up(layer), hidden, d),
            linears.get(TensorNames.down(layer), d, hidden));
  }

  /// [B, L, d] → [B, L, d], every position computed.
  Tensor forward(Tensor x, Angles angles, @Nullable Tensor attended) {
    Tensor n = attentionNorm.apply(x);
    Tensor k = heads(key.apply(n), config.nKvHeads());
    Tensor v = heads(value.apply(n), config.nKvHeads());
    return finish(x, attention.apply(queries(n, angles), angles.rotate(k), v, attended));
  }

  /// [1, ΣL, d] → [1, ΣL, d] for sequences one behind another, each of which attends to itself.
  ///
  /// @param angles of each position within its sequence
  /// @param lengths of the sequences
  Tensor forwardJoined(Tensor x, Angles angles, int[] lengths) {
    Tensor n = attentionNorm.apply(x);
    Tensor q = queries(n, angles);
    Tensor k = angles.rotate(heads(key.apply(n), config.nKvHeads()));
    Tensor v = heads(value.apply(n), config.nKvHeads());
    TensorVector mixed = new TensorVector();
    long from = 0;
    for (int length : lengths) {
      Tensor keys = k.narrow(2, from, length);
      mixed.push_back(
          attention.apply(q.narrow(2, from, length), keys, v.narrow(2, from, length), null));
      from += length;
    }
    return finish(x, torch.cat(mixed, 2));
  }

  /// [1, L, d] → [1, L or m, d], and keeps the keys and values of all positions.
  ///
  /// @param wanted [m] int64, the rows that leave the block; null: all
  Tensor forwardAndStore(
      Tensor x, Angles angles, KeyValueCache cache, int layer, @Nullable Tensor wanted) {
    Tensor n = attentionNorm.apply(x);
    var stored =
        cache.replace(
            layer,
            heads(key.apply(n), config.nKvHeads()),
            heads(value.apply(n), config.nKvHeads()));
    return finish(x, n, angles, stored, angles, wanted);
  }

  /// [1, n, d] → [1, n or m, d] for some positions of a stored sequence, which attend to all of it.
  ///
  /// @param positions [n] int64
  /// @param angles of those positions
  /// @param allAngles of the whole sequence
  /// @param wanted [m] int64, the rows of x that leave the block; null: all
  Tensor forwardFrom(
      KeyValueCache cache,
      int layer,
      Tensor x,
      Tensor positions,
      Angles angles,
      Angles allAngles,
      @Nullable Tensor wanted) {
    Tensor n = attentionNorm.apply(x);
    var stored =
        cache.update(
            layer,
            positions,
            heads(key.apply(n), config.nKvHeads()),
            heads(value.apply(n), config.nKvHeads()));
    return finish(x, n, angles, stored, allAngles, wanted);
  }

  /// What follows the keys and values, for the rows that leave the block.
  private Tensor finish(
      Tensor x,
      Tensor n,
      Angles angles,
      KeysAndValues stored,
      Angles allAngles,
      @Nullable Tensor wanted) {
    Tensor q =
        wanted == null ? queries(n, angles) : queries(n.index_select(1, wanted), angles.at(wanted));
    Tensor mixed = attention.apply(q, allAngles.rotate(stored.keys()), stored.values(), null);
    return finish(wanted == null ? x : x.index_select(1, wanted), mixed);
  }

  /// [B, n, d] → [B, heads, n, headDim]
  private Tensor queries(Tensor n, Angles angles) {
    return angles.rotate(heads(query.apply(n), config.nHeads()));
  }

  /// What follows the attention.
  ///
  /// @param mixed [B, heads, n, headDim]
  private Tensor finish(Tensor x, Tensor mixed) {
    Tensor joined = mixed.transpose(1, 2).reshape(x.size(0), x.size(1), config.dModel());
    Tensor y = x.add(attentionOut.apply(joined));
    return y.add(feedForward.apply(feedForwardNorm.apply(y)));
  }

  /// [B, n, heads·headDim] → [B, heads, n, headDim]
  private Tensor heads(Tensor x, int heads) {
    return x.view(x.size(0), x.size(1), heads, config.headDim()).transpose(1, 2);
  }
}
