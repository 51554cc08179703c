package ai.dimoo.transformer;

import ai.dimoo.linear.LinearLayer;
import ai.dimoo.linear.Linears;
import ai.dimoo.torch.Weights;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// A small network that predicts a transformer's features of the next step, after the last norm,
/// from this step's and the tokens just decided (MIGM-Shortcut, arXiv 2602.23996,
/// `model/shortcut_model.py`): the transformer's own head makes logits of them.
///
/// Half as wide as the transformer, with as many heads and as wide a feed-forward part. The
/// tensors' names are the published ones.
///
/// Several platform threads may use it. The caller owns the weights; results belong to the caller's
/// `PointerScope`.
public final class ShortcutNetwork implements AutoCloseable {

  /// Numbers that tell the share of masked tokens.
  private static final int RATIO_WIDTH = 256;

  private static final String CROSS = "blocks.0.cross_attn.";
  private static final String SELF = "blocks.0.self_attn.";
  private static final String OF_TRANSFORMER = "model.transformer.blocks.0.";

  private final TransformerConfig config; // of its blocks
  private final Biased in; // d → d/2
  private final Biased newIn; // d → d/2
  private final Biased out; // d/2 → d
  private final RmsNorm crossNorm;
  private final RmsNorm crossFeedForwardNorm;
  private final LinearLayer query;
  private final LinearLayer key;
  private final LinearLayer value;
  private final LinearLayer crossOut;
  private final FeedForward crossFeedForward;
  private final TransformerBlock self;
  private final RmsNorm finalNorm;
  private final Biased ratioIn;
  private final Biased ratioOut;
  private final Biased modulation;
  private final Attention attention;
  private final RotaryPositions rotary;

  /// A linear map with bias.
  private record Biased(Tensor weight, Tensor bias) {

    static Biased of(Weights weights, String name, long out, long in) {
      return new Biased(weights.get(name + ".weight", out, in), weights.get(name + ".bias", out));
    }

    Tensor apply(Tensor x) {
      return torch.linear(x, weight, new TensorOptional(bias));
    }
  }

  /// @param transformer the shape of the transformer whose features it predicts
  /// @param weights by their published names, of one dtype and on one device
  public ShortcutNetwork(TransformerConfig transformer, Weights weights, Attention attention) {
    this.attention = attention;
    config = halved(transformer);
    long d = transformer.dModel();
    long half = config.dModel();
    long kv = (long) config.nKvHeads() * config.headDim();
    long hidden = config.mlpHiddenSize();
    in = Biased.of(weights, "proj_in", half, d);
    newIn = Biased.of(weights, "new_token_proj_in", half, d);
    Linears linears = Linears.dense(weights);
    crossNorm = norm(weights, CROSS + "attn_norm", half);
    crossFeedForwardNorm = norm(weights, CROSS + "ff_norm", half);
    query = linears.get(CROSS + "q_proj.weight", half, half);
    key = linears.get(CROSS + "k_proj.weight", kv, half);
    value = linears.get(CROSS + "v_proj.weight", kv, half);
    crossOut = linears.get(CROSS + "attn_out.weight", half, half);
    crossFeedForward =
        new FeedForward(
            linears.get(CROSS + "ff_proj.weight", hidden, half),
            linears.get(CROSS + "up_proj.weight", hidden, half),
            linears.get(CROSS + "ff_out.weight", half, hidden));
    Weights selfWeights = (name, shape) -> weights.get(name.replace(OF_TRANSFORMER, SELF), shape);
    self = new TransformerBlock(config, 0, selfWeights, Linears.dense(selfWeights), attention);
    finalNorm = norm(weights, "ln_f", half);
    long ratioHidden = Math.round(Math.sqrt((double) half * RATIO_WIDTH));
    ratioIn = Biased.of(weights, "time_embedder.mlp.0", ratioHidden, RATIO_WIDTH);
    ratioOut = Biased.of(weights, "time_embedder.mlp.2", half, ratioHidden);
    modulation = Biased.of(weights, "adaLN_modulation", 2 * half, half);
    out = Biased.of(weights, "proj_out", d, half);
    rotary = new RotaryPositions(config.ropeTheta(), config.headDim(), in.weight());
  }

  private RmsNorm norm(Weights weights, String name, long width) {
    return new RmsNorm(weights.get(name + ".weight", width), config.rmsNormEps());
  }

  private static TransformerConfig halved(TransformerConfig c) {
    return new TransformerConfig(
        c.dModel() / 2,
        1,
        c.nHeads(),
        c.nKvHeads(),
        c.mlpHiddenSize(),
        c.vocabSize(),
        c.ropeTheta(),
        c.rmsNormEps(),
        c.weightTying());
  }

  /// The features of the next step.
  ///
  /// @param features [L, d] those of the step before
  /// @param newTokens [k, d] embeddings of the tokens that are new; k may be 0
  /// @param newPositions `[k]` int64, where those stand
  /// @param maskRatio tokens masked now / tokens masked at the start
  /// @return [L, d]
  public Tensor features(Tensor features, Tensor newTokens, Tensor newPositions, double maskRatio) {
    Tensor x = in.apply(features).unsqueeze(0); // [1, L, d/2]
    x = cross(x, newIn.apply(newTokens).unsqueeze(0), newPositions);
    x = self.forward(x, rotary.firstPositions(x.size(1)), null);
    Tensor modulated = modulation.apply(ratio(maskRatio)); // [d], scale then shift
    long half = config.dModel();
    Tensor scale = modulated.narrow(0, 0, half);
    Tensor shift = modulated.narrow(0, half, half);
    Tensor y = finalNorm.apply(x).mul(scale.add(new Scalar(1))).add(shift);
    return out.apply(y.squeeze(0)).add(features);
  }

  /// Every position looks at the new tokens: [1, L, d/2] → [1, L, d/2]
  private Tensor cross(Tensor x, Tensor news, Tensor newPositions) {
    Tensor y = x;
    if (news.size(1) > 0) { // without keys attention adds nothing
      long length = x.size(1);
      Tensor n = crossNorm.apply(news);
      Tensor q =
          rotary
              .firstPositions(length)
              .rotate(heads(query.apply(crossNorm.apply(x)), config.nHeads()));
      Tensor k = rotary.at(newPositions, length).rotate(heads(key.apply(n), config.nKvHeads()));
      Tensor v = heads(value.apply(n), config.nKvHeads());
      Tensor mixed = attention.apply(q, k, v, null).transpose(1, 2);
      y = x.add(crossOut.apply(mixed.reshape(1, length, config.dModel())));
    }
    return y.add(crossFeedForward.apply(crossFeedForwardNorm.apply(y)));
  }

  /// [1, n, heads·headDim] → [1, heads, n, headDim]
  private Tensor heads(Tensor x, int heads) {
    return x.view(1, x.size(1), heads, config.headDim()).transpose(1, 2);
  }

  /// The share of masked tokens as a vector: [d/2]
  private Tensor ratio(double maskRatio) {
    int half = RATIO_WIDTH / 2;
    TensorOptions float32 = new TensorOptions(ScalarType.Float);
    Tensor frequency =
        torch.arange(new Scalar(half), float32).mul(new Scalar(-Math.log(10_000) / half)).exp();
    Tensor angle = frequency.mul(new Scalar(1000 * maskRatio));
    Tensor numbers =
        torch
            .cat(new TensorVector(angle.cos(), angle.sin()), 0)
            .to(in.weight().device(), in.weight().scalar_type());
    return ratioOut.apply(torch.silu(ratioIn.apply(numbers)));
  }

  @Override
  public void close() {
    rotary.close();
  }
}
