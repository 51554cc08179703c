package ai.dimoo.transformer;

import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.linear.LinearLayer;
import ai.dimoo.linear.Linears;
import ai.dimoo.torch.Weights;
import ai.dimoo.transformer.RotaryPositions.Angles;
import org.bytedeco.pytorch.Tensor;
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
    return finish(x, attend(n, angles, k, v, angles, attended));
  }

  /// The same, and keeps the keys and values.
  Tensor forwardAndStore(Tensor x, Angles angles, KeyValueCache cache, int layer) {
    Tensor n = attentionNorm.apply(x);
    var stored =
        cache.replace(
            layer,
            heads(key.apply(n), config.nKvHeads()),
            heads(value.apply(n), config.nKvHeads()));
    return finish(x, attend(n, angles, stored.keys(), stored.values(), angles, null));
  }

  /// [1, n, d] → [1, n, d] for some positions of a stored sequence, which attend to all of it.
  ///
  /// @param positions [n] int64
  /// @param angles of those positions
  /// @param allAngles of the whole sequence
  Tensor forwardFrom(
      KeyValueCache cache, int layer, Tensor x, Tensor positions, Angles angles, Angles allAngles) {
    Tensor n = attentionNorm.apply(x);
    var stored =
        cache.update(
            layer,
            positions,
            heads(key.apply(n), config.nKvHeads()),
            heads(value.apply(n), config.nKvHeads()));
    return finish(x, attend(n, angles, stored.keys(), stored.values(), allAngles, null));
  }

  private Tensor attend(
      Tensor n, Angles angles, Tensor k, Tensor v, Angles keyAngles, @Nullable Tensor attended) {
    Tensor q = angles.rotate(heads(query.apply(n), config.nHeads()));
    Tensor mixed = attention.apply(q, keyAngles.rotate(k), v, attended);
    // [B, heads, n, headDim] → [B, n, d]
    return mixed.transpose(1, 2).reshape(n.size(0), n.size(1), config.dModel());
  }

  private Tensor finish(Tensor x, Tensor attended) {
    Tensor y = x.add(attentionOut.apply(attended));
    return y.add(feedForward.apply(feedForwardNorm.apply(y)));
  }

  /// [B, n, heads·headDim] → [B, heads, n, headDim]
  private Tensor heads(Tensor x, int heads) {
    return x.view(x.size(0), x.size(1), heads, config.headDim()).transpose(1, 2);
  }
}
