package ai.dimoo.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.TorchRuntime;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a forward pass keeps in memory: the published model has 32 blocks.
class TransformerMemoryTest {

  private static final int LENGTH = 12;

  @BeforeAll
  static void load() {
    TorchRuntime.load();
  }

  @Test
  void aForwardPassKeepsNoTensorOfItsBlocks() {
    assertThat(kept(9, false)).isEqualTo(kept(1, false));
  }

  @Test
  void aCachedPassKeepsTheKeysAndValuesOfEachBlock() {
    assertThat(kept(9, true) - kept(1, true)).isEqualTo(8 * 2);
  }

  /// The tensors that are there after a pass and were not before.
  private static long kept(int layers, boolean cached) {
    TransformerConfig config = new TransformerConfig(16, layers, 4, 2, 24, 30, 10_000, 1e-5, false);
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(1);
        KeyValueCache cache = new KeyValueCache();
        Transformer transformer =
            new Transformer(
                config,
                (name, shape) -> random.uniform(ScalarType.Float, shape),
                Attention.FUSED)) {
      Tensor ids = torch.arange(new Scalar(LENGTH)).unsqueeze(0);
      transformer.hidden(ids, null); // the table of rotary angles stays
      long before = Pointer.totalCount();
      Tensor hidden =
          cached ? transformer.hiddenAndStore(ids, cache, null) : transformer.hidden(ids, null);
      assertThat(hidden.size(1)).isEqualTo(LENGTH);
      return Pointer.totalCount() - before;
    }
  }
}
