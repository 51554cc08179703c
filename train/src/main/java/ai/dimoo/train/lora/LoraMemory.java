package ai.dimoo.train.lora;

import static ai.dimoo.memory.FreeMemory.gigabytes;

import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.checkpoint.WeightFiles;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.torch.Dtype;
import ai.dimoo.train.transformer.MaskedLoss;
import ai.dimoo.transformer.TransformerConfig;
import java.util.List;

/// What training an adapter takes of memory at its peak, computed from shapes before anything is
/// loaded. Immutable.
///
/// @param config of the base model
/// @param storedBytes of the base model's weights in their files
/// @param stored in which format its matrices are
/// @param dtype to compute in
/// @param recipe of the training
/// @param longest tokens of the longest example
public record LoraMemory(
    TransformerConfig config,
    long storedBytes,
    Dtype stored,
    Dtype dtype,
    LoraRecipe recipe,
    long longest) {

  private static final int FLOAT = Float.BYTES;

  /// Numbers for each token that a block keeps for its backward pass, in widths of the model:
  /// input, norms, queries, keys and values before and after their rotation, and what attention
  /// makes of them.
  private static final int WIDTHS = 16;

  /// The same in widths of the feed-forward layer: gate, its SiLU, up and their product.
  private static final int FEED_FORWARD_WIDTHS = 4;

  /// How often the scores of attention are held: kept as weights, and twice more for their
  /// gradients.
  private static final int SCORES = 3;

  /// The adapter, its gradients, and AdamW's two moments.
  private static final int COPIES = 4;

  /// LibTorch with its kernels, and Java.
  private static final long PROGRAM = 600_000_000;

  /// @param weights of the base model
  public static LoraMemory of(
      TransformerConfig config, WeightFiles weights, Dtype dtype, LoraRecipe recipe, int longest) {
    long bytes = weights.info(TensorNames.EMBEDDING).bytes();
    boolean narrow = bytes < config.dModel() * (long) config.vocabSize() * FLOAT;
    Dtype stored = narrow ? Dtype.BFLOAT16 : Dtype.FLOAT32;
    return new LoraMemory(config, weights.bytes(), stored, dtype, recipe, longest);
  }

  /// A part of it.
  ///
  /// @param name for people
  public record Part(String name, long bytes) {}

  /// All parts.
  public List<Part> parts() {
    return List.of(
        new Part("model's weights, as they are stored", storedBytes),
        new Part("weights converted to " + dtype.spelling(), converted()),
        new Part("adapter, its gradients and moments", COPIES * changes() * FLOAT),
        new Part("activations that are kept", kept()),
        new Part("logits", logits()),
        new Part("the program", PROGRAM));
  }

  /// All together.
  public long bytes() {
    return parts().stream().mapToLong(Part::bytes).sum();
  }

  /// Tokens that are computed at once.
  public long tokens() {
    return Math.min(recipe.batch() * longest, Math.max(LoraTrainer.MICRO_BATCH_TOKENS, longest));
  }

  /// The embedding and the head, and the matrices of the blocks whose activations are kept.
  private long converted() {
    if (stored == dtype) {
      return 0;
    }
    long d = config.dModel();
    long tables = (config.weightTying() ? 1 : 2) * d * config.vocabSize();
    long block = 2 * d * d + 2 * d * keyValueWidth() + 3 * d * config.mlpHiddenSize();
    return (tables + keptBlocks() * block) * dtype.bytes();
  }

  private long keptBlocks() {
    return recipe.recompute() ? 1 : config.nLayers();
  }

  private long keyValueWidth() {
    return (long) config.nKvHeads() * config.headDim();
  }

  /// Numbers of the adapter.
  private long changes() {
    long d = config.dModel();
    long hidden = config.mlpHiddenSize();
    long sides = 2 * (d + d) + 2 * (d + keyValueWidth()) + 3 * (d + hidden);
    return config.nLayers() * recipe.adapter().rank() * sides;
  }

  private long kept() {
    long tokens = tokens();
    long perToken =
        WIDTHS * (long) config.dModel() + FEED_FORWARD_WIDTHS * (long) config.mlpHiddenSize();
    long scores = (long) config.nHeads() * tokens * longest;
    long inputs = recipe.recompute() ? config.nLayers() * tokens * config.dModel() : 0;
    long blocks = keptBlocks() * (tokens * perToken + scores) + (SCORES - 1) * scores;
    return (inputs + blocks) * dtype.bytes();
  }

  private long logits() {
    long all = tokens() * config.vocabSize();
    long most = Math.max(MaskedLoss.MOST_LOGITS, config.vocabSize());
    return MaskedLoss.LOGITS * Math.min(all, most) * FLOAT;
  }

  /// Refuses what does not fit.
  ///
  /// @throws EnvironmentException if it needs more than there is
  public void require(FreeMemory free) {
    if (bytes() <= free.bytes()) {
      return;
    }
    Fault fault =
        Fault.of(
            "Not enough memory: training needs %s, and %s are free in %s."
                .formatted(gigabytes(bytes()), gigabytes(free.bytes()), free.limitedBy()));
    LoraMemory less = recomputing();
    if (!recipe.recompute() && less.bytes() <= free.bytes()) {
      fault =
          fault.mend(
              Remedy.plain("give --recompute, with which it needs " + gigabytes(less.bytes())));
    }
    throw new EnvironmentException(
        fault
            .mend(Remedy.plain("prepare smaller pictures"))
            .mend(Remedy.plain("close other programs or give the container more memory")));
  }

  private LoraMemory recomputing() {
    return new LoraMemory(config, storedBytes, stored, dtype, recipe.withRecompute(true), longest);
  }
}
