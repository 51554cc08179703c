package ai.dimoo.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ResultScopeTest {

  @BeforeAll
  static void load() {
    TorchRuntime.load();
  }

  @Test
  void onlyTheResultOutlivesTheComputation() {
    try (PointerScope scope = new PointerScope()) {
      Tensor one = torch.ones(4);
      long before = Pointer.totalCount();
      Tensor result = ResultScope.of(() -> twice(twice(one)));
      assertThat(Pointer.totalCount()).isEqualTo(before + 1);
      assertThat(TensorArrays.floats(result)).containsOnly(4);
      assertThat(TensorArrays.floats(one)).containsOnly(1);
    }
  }

  @Test
  void aConsumedInputIsFreed() {
    try (PointerScope scope = new PointerScope()) {
      Tensor one = torch.ones(4);
      long before = Pointer.totalCount();
      Tensor result = ResultScope.consuming(one, ResultScopeTest::twice);
      assertThat(Pointer.totalCount()).isEqualTo(before);
      assertThat(one.isNull()).isTrue();
      assertThat(TensorArrays.floats(result)).containsOnly(2);
    }
  }

  @Test
  void theScopeRoundTheCallFreesTheResult() {
    long before = Pointer.totalCount();
    try (PointerScope scope = new PointerScope()) {
      Tensor x = torch.ones(4);
      for (int i = 0; i < 5; i++) {
        x = ResultScope.consuming(x, ResultScopeTest::twice);
      }
      assertThat(TensorArrays.floats(ResultScope.of(torch.ones(4)::clone))).containsOnly(1);
      assertThat(TensorArrays.floats(x)).containsOnly(32);
    }
    assertThat(Pointer.totalCount()).isEqualTo(before);
  }

  private static Tensor twice(Tensor x) {
    return x.mul(new Scalar(2));
  }
}
