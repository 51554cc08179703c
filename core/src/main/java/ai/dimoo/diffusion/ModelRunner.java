package ai.dimoo.diffusion;

import ai.dimoo.sequence.TokenIds;
import ai.dimoo.torch.ResultScope;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.transformer.KeyValueCache;
import ai.dimoo.transformer.ShortcutNetwork;
import ai.dimoo.transformer.Transformer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// The model call: sequences in, logits out. What it is given at once, the branches of one request
/// or those of several, it may compute at once; today each sequence is a pass of its own.
///
/// Several platform threads may use it. The caller keeps and closes the transformer.
///
/// @param shortcut takes steps in the transformer's place; null: there is none
public record ModelRunner(Transformer transformer, @Nullable ShortcutNetwork shortcut) {

  /// Rows that are rated at once: of their logits only the maximum is kept.
  private static final int ROWS_AT_ONCE = 256;

  /// A runner without a shortcut network.
  public ModelRunner(Transformer transformer) {
    this(transformer, null);
  }

  /// Computes what decodings need. The logits are computed only for the rows and columns that they
  /// read.
  ///
  /// @param inputs those of each decoding
  /// @return one output for each input, in the same order
  public List<List<SequenceOutput>> run(List<List<SequenceInput>> inputs) {
    return inputs.stream().map(own -> own.stream().map(this::run).toList()).toList();
  }

  private SequenceOutput run(SequenceInput input) {
    List<Tensor> outputs =
        ResultScope.listOf(() -> {
          Tensor hidden = ResultScope.of(() -> hidden(input)); // [computed, d]
          int[] computed = input.computation().positions(input.ids().length());
          Tensor read = rows(hidden, computed, input.read());
          Tensor rated = rows(hidden, computed, input.rated());
          return List.of(logits(read, input.columns()), largest(rated, input.columns()));
        });
    return new SequenceOutput(outputs.getFirst(), outputs.getLast());
  }

  private Tensor hidden(SequenceInput input) {
    return switch (input.computation()) {
      case Computation.All all -> hidden(input.ids().toArray(), all);
      case Computation.Some some -> {
        int[] ids = Arrays.stream(some.positions()).map(input.ids()::at).toArray();
        Tensor positions = TensorArrays.int64(some.positions(), transformer.device());
        yield transformer.hiddenFrom(some.store(), batchOfOne(ids), positions).squeeze(0);
      }
      case Computation.AllKept all -> {
        Tensor hidden = hidden(input.ids().toArray(), new Computation.All(null));
        all.store().replace(hidden);
        yield hidden;
      }
      case Computation.Shortcut some -> {
        Tensor hidden =
            predicted(some.store().features(), input.ids(), some.newPositions(), some.maskRatio());
        some.store().replace(hidden);
        yield hidden;
      }
    };
  }

  private Tensor hidden(int[] ids, Computation.All all) {
    KeyValueCache store = all.store();
    Tensor hidden =
        store == null
            ? transformer.hidden(batchOfOne(ids), null)
            : transformer.hiddenAndStore(batchOfOne(ids), store);
    return hidden.squeeze(0);
  }

  /// What the shortcut network makes of features.
  ///
  /// @param features [L, d] of the step before
  /// @param ids the present sequence
  /// @param positions of the tokens that are new
  /// @param maskRatio tokens masked now / tokens masked at the start
  /// @return [L, d]
  public Tensor predicted(Tensor features, TokenIds ids, int[] positions, double maskRatio) {
    if (shortcut == null) {
      throw new IllegalStateException("no shortcut network");
    }
    if (positions.length == 0) {
      Tensor none = features.narrow(0, 0, 0);
      return shortcut.features(features, none, none, maskRatio);
    }
    int[] news = Arrays.stream(positions).map(ids::at).toArray();
    return shortcut.features(
        features,
        transformer.embed(batchOfOne(news)).squeeze(0),
        TensorArrays.int64(positions, transformer.device()),
        maskRatio);
  }

  /// [1, n] int64
  private Tensor batchOfOne(int[] ids) {
    return TensorArrays.int64(ids, transformer.device()).unsqueeze(0);
  }

  /// The rows of some of the computed positions: [computed, d] → [wanted, d]
  private Tensor rows(Tensor hidden, int[] computed, int[] wanted) {
    if (Arrays.equals(computed, wanted)) {
      return hidden;
    }
    int[] rows = Arrays.stream(wanted).map(p -> Arrays.binarySearch(computed, p)).toArray();
    boolean neighbours = rows.length > 0 && rows[rows.length - 1] - rows[0] == rows.length - 1;
    return neighbours
        ? hidden.narrow(0, rows[0], rows.length)
        : hidden.index_select(0, TensorArrays.int64(rows, transformer.device()));
  }

  /// [n, d] → [n, columns]
  private Tensor logits(Tensor hidden, Columns columns) {
    return transformer.logits(hidden, columns.from(), columns.to());
  }

  /// [n, d] → [n] float32, the largest logit of each row
  private Tensor largest(Tensor hidden, Columns columns) {
    TensorVector parts = new TensorVector();
    parts.push_back(torch.empty(0).to(transformer.device(), ScalarType.Float));
    for (long row = 0; row < hidden.size(0); row += ROWS_AT_ONCE) {
      Tensor some = hidden.narrow(0, row, Math.min(ROWS_AT_ONCE, hidden.size(0) - row));
      parts.push_back(ResultScope.of(() -> largest(logits(some, columns))));
    }
    return torch.cat(parts, 0);
  }

  /// The largest logit of each row: [n, columns] → [n] float32
  static Tensor largest(Tensor logits) {
    return logits.amax(new long[] {-1}, false).to(ScalarType.Float);
  }
}
