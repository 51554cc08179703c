package ai.dimoo.diffusion;

import ai.dimoo.sequence.TokenIds;
import ai.dimoo.torch.ResultScope;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.transformer.KeyValueCache;
import ai.dimoo.transformer.ShortcutNetwork;
import ai.dimoo.transformer.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// The model call: sequences in, logits out. The branches of one decoding go through the
/// transformer in one pass where they are short; several decodings each in their own, so that their
/// bits do not depend on who else is there.
///
/// Several platform threads may use it. The caller keeps and closes the transformer.
///
/// @param shortcut takes steps in the transformer's place; null: there is none
public record ModelRunner(Transformer transformer, @Nullable ShortcutNetwork shortcut) {

  /// Rows that are rated at once: of their logits only the maximum is kept.
  private static final int ROWS_AT_ONCE = 256;

  /// Tokens of all branches up to which they go through the transformer in one pass. Longer ones
  /// fill its products each by itself, and would take twice the memory.
  public static final int JOINED_TOKENS = 1024;

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
    return inputs.stream().map(this::branches).toList();
  }

  /// The branches of one decoding.
  private List<SequenceOutput> branches(List<SequenceInput> inputs) {
    int tokens = inputs.stream().mapToInt(input -> input.ids().length()).sum();
    boolean joined =
        inputs.size() > 1
            && tokens <= JOINED_TOKENS
            && inputs.stream().allMatch(ModelRunner::computesAllAlone);
    return joined ? joined(inputs) : inputs.stream().map(this::alone).toList();
  }

  private static boolean computesAllAlone(SequenceInput input) {
    return switch (input.computation()) {
      case Computation.All all -> all.store() == null;
      case Computation.AllKept _ -> true;
      case Computation.Some _, Computation.Shortcut _ -> false;
    };
  }

  private List<SequenceOutput> joined(List<SequenceInput> inputs) {
    int[] lengths = inputs.stream().mapToInt(input -> input.ids().length()).toArray();
    int[] ids =
        inputs.stream().flatMapToInt(input -> Arrays.stream(input.ids().toArray())).toArray();
    int[] positions = Arrays.stream(lengths).flatMap(n -> IntStream.range(0, n)).toArray();
    Tensor hidden =
        ResultScope.of(() -> transformer.hiddenJoined(batchOfOne(ids), indices(positions), lengths))
            .squeeze(0); // [ΣL, d]
    List<SequenceOutput> outputs = new ArrayList<>();
    long from = 0;
    for (SequenceInput input : inputs) {
      Tensor own = hidden.narrow(0, from, input.ids().length());
      from += input.ids().length();
      if (input.computation() instanceof Computation.AllKept all) {
        all.store().replace(own);
      }
      outputs.add(output(input, present(input), () -> own));
    }
    return outputs;
  }

  private SequenceOutput alone(SequenceInput input) {
    int[] present = present(input);
    return output(input, present, () -> ResultScope.of(() -> hidden(input, present)));
  }

  /// @param present the positions whose features are there
  /// @param features [present, d]
  private SequenceOutput output(SequenceInput input, int[] present, Supplier<Tensor> features) {
    List<Tensor> outputs =
        ResultScope.listOf(() -> {
          Tensor hidden = features.get();
          Tensor read = rows(hidden, present, input.read());
          Tensor rated = rows(hidden, present, input.rated());
          return List.of(logits(read, input.columns()), largest(rated, input.columns()));
        });
    return new SequenceOutput(outputs.getFirst(), outputs.getLast());
  }

  /// The positions whose features leave the last block, ascending: where keys and values are
  /// stored, those that are read. A plain pass gives all, as it always did: a float32 product
  /// rounds a row by its place among the rows, so that with fewer of them a seed's picture could
  /// change.
  private static int[] present(SequenceInput input) {
    boolean stores =
        switch (input.computation()) {
          case Computation.All all -> all.store() != null;
          case Computation.Some _ -> true;
          // the shortcut network goes on from all of them
          case Computation.AllKept _, Computation.Shortcut _ -> false;
        };
    return stores
        ? IntStream.concat(Arrays.stream(input.read()), Arrays.stream(input.rated()))
            .sorted()
            .toArray()
        : IntStream.range(0, input.ids().length()).toArray();
  }

  /// @return [present, d]
  private Tensor hidden(SequenceInput input, int[] present) {
    TokenIds ids = input.ids();
    return switch (input.computation()) {
      case Computation.All all -> {
        Tensor every = batchOfOne(ids.toArray());
        Tensor wanted = present.length == ids.length() ? null : indices(present);
        KeyValueCache store = all.store();
        Tensor hidden =
            store == null
                ? transformer.hidden(every, null)
                : transformer.hiddenAndStore(every, store, wanted);
        yield hidden.squeeze(0);
      }
      case Computation.Some some -> {
        int[] computed = some.positions();
        Tensor tokens = batchOfOne(Arrays.stream(computed).map(ids::at).toArray());
        Tensor wanted =
            present.length == computed.length ? null : indices(within(computed, present));
        yield transformer.hiddenFrom(some.store(), tokens, indices(computed), wanted).squeeze(0);
      }
      case Computation.AllKept all -> {
        Tensor hidden = transformer.hidden(batchOfOne(ids.toArray()), null).squeeze(0);
        all.store().replace(hidden);
        yield hidden;
      }
      case Computation.Shortcut some -> {
        Tensor hidden =
            predicted(some.store().features(), ids, some.newPositions(), some.maskRatio());
        some.store().replace(hidden);
        yield hidden;
      }
    };
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
        features, transformer.embed(batchOfOne(news)).squeeze(0), indices(positions), maskRatio);
  }

  /// [1, n] int64
  private Tensor batchOfOne(int[] ids) {
    return indices(ids).unsqueeze(0);
  }

  /// The rows of some of the positions: [present, d] → [wanted, d]
  private Tensor rows(Tensor hidden, int[] present, int[] wanted) {
    if (Arrays.equals(present, wanted)) {
      return hidden;
    }
    int[] rows = within(present, wanted);
    boolean neighbours = rows.length > 0 && rows[rows.length - 1] - rows[0] == rows.length - 1;
    return neighbours
        ? hidden.narrow(0, rows[0], rows.length)
        : hidden.index_select(0, indices(rows));
  }

  /// Where some of these positions stand among them.
  private static int[] within(int[] positions, int[] some) {
    return Arrays.stream(some).map(p -> Arrays.binarySearch(positions, p)).toArray();
  }

  /// [n] int64
  private Tensor indices(int[] numbers) {
    return TensorArrays.int64(numbers, transformer.device());
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
