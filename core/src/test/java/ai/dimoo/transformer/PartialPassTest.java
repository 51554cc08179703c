package ai.dimoo.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.TorchRuntime;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Passes that compute several sequences, or not all of one, against the plain pass.
class PartialPassTest {

  private static final TransformerConfig CONFIG =
      new TransformerConfig(16, 3, 4, 2, 24, 30, 10_000, 1e-5, false);

  private static PointerScope scope;
  private static Transformer transformer;

  @BeforeAll
  static void load() {
    TorchRuntime.load();
    scope = new PointerScope();
    TorchRandom random = new TorchRandom(1);
    transformer =
        new Transformer(
            CONFIG, (name, shape) -> random.uniform(ScalarType.Float, shape), Attention.FUSED);
  }

  @AfterAll
  static void close() {
    transformer.close();
    scope.close();
  }

  @Test
  void sequencesOfSeveralLengthsInOnePassAreWhatTheyAreAlone() {
    Tensor first = ids(0, 12);
    Tensor second = ids(7, 5);
    Tensor positions =
        torch.cat(new TensorVector(torch.arange(new Scalar(12)), torch.arange(new Scalar(5))), 0);

    Tensor joined =
        transformer.hiddenJoined(
            torch.cat(new TensorVector(first, second), 1), positions, new int[] {12, 5});

    assertSame(joined.narrow(1, 0, 12), transformer.hidden(first, null));
    assertSame(joined.narrow(1, 12, 5), transformer.hidden(second, null));
  }

  @Test
  void rowsThatAreReadAreThoseOfAPassThatComputesAll() {
    Tensor whole = ids(0, 12);
    Tensor read = TensorArrays.int64(new int[] {2, 5, 9}, transformer.device());
    try (KeyValueCache some = new KeyValueCache();
        KeyValueCache all = new KeyValueCache()) {
      Tensor rows = transformer.hiddenAndStore(whole, some, read);

      assertSame(rows, transformer.hiddenAndStore(whole, all, null).index_select(1, read));
      // the others' keys and values are stored all the same, and a part is computed against them
      Tensor part = TensorArrays.int64(new int[] {4, 5, 6, 7}, transformer.device());
      Tensor last = TensorArrays.int64(new int[] {3}, transformer.device());
      Tensor changed = ids(20, 4);
      assertSame(
          transformer.hiddenFrom(some, changed, part, last),
          transformer.hiddenFrom(all, changed, part, null).index_select(1, last));
    }
  }

  /// [1, length] int64
  private static Tensor ids(int from, int length) {
    return torch.arange(new Scalar(from), new Scalar(from + length)).unsqueeze(0);
  }

  private static void assertSame(Tensor found, Tensor expected) {
    assertThat(TensorArrays.floats(found)).hasSameSizeAs(TensorArrays.floats(expected));
    assertThat(found.sub(expected).abs().max().item_double()).isCloseTo(0, within(1e-5));
  }
}
