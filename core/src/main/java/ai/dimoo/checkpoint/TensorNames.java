package ai.dimoo.checkpoint;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The names of the transformer's tensors, as the published checkpoint has them (the reference's
/// `model/modeling_llada.py`): nothing else in this library spells one. The VQ model's names follow
/// Diffusers' `VQModel` and are derived where that model is built.
///
/// d is the width, ff the feed-forward width, V the vocabulary, kv the width of all key heads.
public final class TensorNames {

  /// The token embedding, [V, d].
  public static final String EMBEDDING = "model.transformer.wte.weight";

  /// Gain of the last RMS norm, `[d]`.
  public static final String FINAL_NORM = "model.transformer.ln_f.weight";

  /// The output head, [V, d]; absent where the config says `weight_tying`.
  public static final String HEAD = "model.transformer.ff_out.weight";

  private static final String BLOCKS = "model.transformer.blocks.";

  /// The names, without `.weight`, of the seven projections of every block, as a pattern.
  public static final String PROJECTIONS_PATTERN =
      ".*\\.blocks\\.\\d+\\.(q_proj|k_proj|v_proj|attn_out|ff_proj|up_proj|ff_out)";

  private TensorNames() {}

  /// Gain of the RMS norm before attention, `[d]`.
  public static String attentionNorm(int block) {
    return block(block, "attn_norm");
  }

  /// The query projection, [d, d].
  public static String query(int block) {
    return block(block, "q_proj");
  }

  /// The key projection, [kv, d].
  public static String key(int block) {
    return block(block, "k_proj");
  }

  /// The value projection, [kv, d].
  public static String value(int block) {
    return block(block, "v_proj");
  }

  /// The projection of the attention's output, [d, d].
  public static String attentionOut(int block) {
    return block(block, "attn_out");
  }

  /// Gain of the RMS norm before the feed-forward part, `[d]`.
  public static String feedForwardNorm(int block) {
    return block(block, "ff_norm");
  }

  /// The gate of the SwiGLU, whose output goes through SiLU, [ff, d].
  public static String gate(int block) {
    return block(block, "ff_proj");
  }

  /// The other half of the SwiGLU, [ff, d].
  public static String up(int block) {
    return block(block, "up_proj");
  }

  /// The projection of the feed-forward part's output, [d, ff].
  public static String down(int block) {
    return block(block, "ff_out");
  }

  /// The scales of a quantised matrix, beside it: a name that the published checkpoint has not.
  ///
  /// @param matrix its name
  public static String scales(String matrix) {
    return matrix + "_scale";
  }

  /// Whether a tensor is a matrix of a block.
  public static boolean isMatrixInBlock(String name) {
    return isInBlock(name) && !name.endsWith("_norm.weight");
  }

  /// The weights of all linear layers: seven projections of every block, and the head.
  ///
  /// @param blocks how many blocks there are
  public static Set<String> linears(int blocks) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < blocks; i++) {
      names.addAll(List.of(query(i), key(i), value(i), attentionOut(i), gate(i), up(i), down(i)));
    }
    names.add(HEAD);
    return names;
  }

  /// Whether a tensor belongs to a block.
  public static boolean isInBlock(String name) {
    return name.startsWith(BLOCKS);
  }

  /// Whether a tensor belongs to this block, or is an adapter's change to one that does.
  public static boolean isOfBlock(int block, String name) {
    return name.contains(BLOCKS + block + ".");
  }

  /// Whether a tensor is a projection whose output is added to what goes from block to block: that
  /// of the attention or of the feed-forward part.
  public static boolean writesToResidual(String name) {
    return isInBlock(name)
        && (name.endsWith(".attn_out.weight") || name.endsWith(".ff_out.weight"));
  }

  private static String block(int block, String part) {
    return BLOCKS + block + "." + part + ".weight";
  }
}
