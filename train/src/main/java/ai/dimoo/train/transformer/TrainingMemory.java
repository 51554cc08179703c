package ai.dimoo.train.transformer;

import static ai.dimoo.memory.FreeMemory.gigabytes;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.torch.Dtype;
import ai.dimoo.transformer.TransformerConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What training takes of memory at its peak, computed from shapes before anything is loaded; where
/// several ranks train together, what the first of them takes, which writes. Immutable.
///
/// @param config of the model
/// @param learning what learns
/// @param stored in which format the model's weights are
/// @param dtype to compute in
/// @param recompute whether the activations of each block are computed again in the backward pass,
///   which is so in any case where weights are held in few bits
/// @param batch examples a step, of all ranks together
/// @param longest tokens of the longest example
/// @param ranks how many processes train together, 1 or more
public record TrainingMemory(
    TransformerConfig config,
    Learning learning,
    Dtype stored,
    Dtype dtype,
    boolean recompute,
    int batch,
    long longest,
    int ranks) {

  /// Tokens that are computed at once, padding included, unless one example has more.
  public static final int MICRO_BATCH_TOKENS = 8192;

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

  /// LibTorch with its kernels, and Java.
  private static final long PROGRAM = 600_000_000;

  /// What of a model learns.
  public sealed interface Learning {

    /// Changes of low rank beside weights that stay as they are; the changes, their gradients, and
    /// AdamW's two moments are float32.
    ///
    /// @param rank of the changes
    /// @param held in how few bits the matrices of the model's blocks are; null: as all weights are
    ///   stored
    /// @param preserves whether predictions are also compared with those without the changes
    record Adapter(int rank, @Nullable WeightFormat held, boolean preserves) implements Learning {}

    /// All weights: they, their gradients, AdamW's two moments and their average are float32. Ranks
    /// share out all but the weights.
    record All() implements Learning {}
  }

  /// A part of it.
  ///
  /// @param name for people
  public record Part(String name, long bytes) {}

  /// All parts.
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    switch (learning) {
      case Learning.Adapter(int rank, WeightFormat held, boolean _) -> {
        parts.add(
            held == null
                ? new Part("model's weights, as they are stored", numbers() * stored.bytes())
                : new Part("model's weights, blocks in " + held, heldIn(held)));
        parts.add(new Part("adapter, its gradients and moments", shared(3, changes(rank) * FLOAT)));
      }
      case Learning.All _ -> {
        parts.add(new Part("weights, gradients, moments, average", shared(4, numbers() * FLOAT)));
      }
    }
    parts.add(new Part("weights converted to " + dtype.spelling(), converted()));
    parts.add(new Part("activations that are kept", kept()));
    parts.add(new Part("logits", logits()));
    if (ranks > 1) {
      parts.add(new Part("gradients of a block, before they are shared out", bucket() * FLOAT));
    }
    if (ranks > 1 && learning instanceof Learning.All) {
      long step = converted() + kept() + logits(); // there is none of these meanwhile
      long average = Math.max(0, numbers() * FLOAT - step);
      parts.add(new Part("average, whole while it is written", average));
    }
    parts.add(new Part("the program", PROGRAM));
    return List.copyOf(parts);
  }

  /// @param sharedOut copies of which each rank has a part
  /// @param copy bytes of one
  private long shared(int sharedOut, long copy) {
    return copy + Math.ceilDiv(sharedOut * copy, ranks);
  }

  /// The same with another number of ranks.
  public TrainingMemory of(int others) {
    return new TrainingMemory(config, learning, stored, dtype, recompute, batch, longest, others);
  }

  /// All together.
  public long bytes() {
    return parts().stream().mapToLong(Part::bytes).sum();
  }

  /// Tokens that a rank computes at once.
  public long tokens() {
    return Math.min(Math.ceilDiv(batch, ranks) * longest, Math.max(MICRO_BATCH_TOKENS, longest));
  }

  private long heldIn(WeightFormat few) {
    long d = config.dModel();
    long hidden = config.mlpHiddenSize();
    long block =
        2 * few.bytes(d, d)
            + 2 * few.bytes(keyValueWidth(), d)
            + 2 * few.bytes(hidden, d)
            + few.bytes(d, hidden);
    return tables() * stored.bytes() + config.nLayers() * block;
  }

  private long numbers() {
    return tables() + config.nLayers() * block();
  }

  /// The embedding and the head.
  private long tables() {
    return (config.weightTying() ? 1L : 2L) * config.dModel() * config.vocabSize();
  }

  private long block() {
    long d = config.dModel();
    return 2 * d * d + 2 * d * keyValueWidth() + 3 * d * config.mlpHiddenSize();
  }

  /// Where everything learns, all weights are cast once a step; else the tables, and the matrices
  /// of the blocks whose activations are kept.
  private long converted() {
    return switch (learning) {
      case Learning.All _ -> dtype == Dtype.FLOAT32 ? 0 : numbers() * dtype.bytes();
      case Learning.Adapter(int _, WeightFormat held, boolean _) -> {
        long tables = dtype == stored ? 0 : tables();
        long blocks = dtype == stored && held == null ? 0 : keptBlocks() * block();
        yield (tables + blocks) * dtype.bytes();
      }
    };
  }

  private long keptBlocks() {
    return recompute ? 1 : config.nLayers();
  }

  /// Gradients that a rank has all of at once: of a block, or of a table if that is larger.
  private long bucket() {
    return switch (learning) {
      case Learning.Adapter(int rank, _, _) -> changes(rank) / config.nLayers();
      case Learning.All _ -> Math.max(block(), (long) config.dModel() * config.vocabSize());
    };
  }

  private long keyValueWidth() {
    return (long) config.nKvHeads() * config.headDim();
  }

  /// Numbers of an adapter to the seven projections of every block.
  private long changes(int rank) {
    long d = config.dModel();
    long hidden = config.mlpHiddenSize();
    long sides = 2 * (d + d) + 2 * (d + keyValueWidth()) + 3 * (d + hidden);
    return config.nLayers() * rank * sides;
  }

  private long kept() {
    long tokens = tokens();
    long perToken =
        WIDTHS * (long) config.dModel() + FEED_FORWARD_WIDTHS * (long) config.mlpHiddenSize();
    long scores = (long) config.nHeads() * tokens * longest;
    long inputs = recompute ? config.nLayers() * tokens * config.dModel() : 0;
    long blocks = keptBlocks() * (tokens * perToken + scores) + (SCORES - 1) * scores;
    return (inputs + blocks) * dtype.bytes();
  }

  private long logits() {
    long all = tokens() * config.vocabSize();
    long most = Math.max(MaskedLoss.MOST_LOGITS, config.vocabSize());
    boolean taught = learning instanceof Learning.Adapter(_, _, boolean preserves) && preserves;
    int times = MaskedLoss.LOGITS + (taught ? MaskedLoss.LOGITS_OF_A_TEACHER : 0);
    return times * Math.min(all, most) * FLOAT;
  }

  private TrainingMemory recomputing(Learning what) {
    return new TrainingMemory(config, what, stored, dtype, true, batch, longest, ranks);
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
    TrainingMemory less = recomputing(learning);
    if (!recompute && less.bytes() <= free.bytes()) {
      fault =
          fault.mend(
              Remedy.plain("give --recompute, with which it needs " + gigabytes(less.bytes())));
    }
    if (learning instanceof Learning.Adapter(int rank, WeightFormat held, boolean preserves)
        && held == null) {
      long few = recomputing(new Learning.Adapter(rank, WeightFormat.INT8, preserves)).bytes();
      if (few <= free.bytes()) {
        fault =
            fault.mend(Remedy.plain("give --dtype int8, with which it needs " + gigabytes(few)));
      }
    }
    if (learning instanceof Learning.All) {
      fault = fault.mend(Remedy.plain("train an adapter, with dimoo train lora"));
    }
    throw new EnvironmentException(
        fault
            .mend(Remedy.plain("prepare smaller pictures"))
            .mend(Remedy.plain("close other programs or give the container more memory")));
  }
}
