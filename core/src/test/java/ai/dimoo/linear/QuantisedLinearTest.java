package ai.dimoo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.error.UserException;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.ProcessorFeatures;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.torch.Weights;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantisedLinearTest {

  private static final String NAME = "model.transformer.blocks.0.q_proj.weight";
  private static final int OUT = 48;
  private static final int IN = 64;

  @BeforeAll
  static void load() {
    TorchRuntime.load();
  }

  private static Tensor centred(TorchRandom random, long... shape) {
    return random.uniform(ScalarType.Float, shape).sub(new Scalar(0.5));
  }

  private static double norm(Tensor x) {
    return x.to(ScalarType.Double).square().sum().sqrt().item_double();
  }

  @ParameterizedTest
  @EnumSource(WeightFormat.class)
  void weightsComeBackAsNearAsTheirBitsAllow(WeightFormat format) {
    double most = format == WeightFormat.INT8 ? 0.5 / 127 : 1.0 / 8; // −8 has no counterpart
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(3)) {
      // more than are converted at once, of a scale that differs between outputs
      long out = 2 * QuantisedWeight.rowsAtOnce(1 << 16) + 1;
      Tensor weight = centred(random, out, 1 << 16).mul(random.uniform(ScalarType.Float, out, 1));

      QuantisedWeight quantised = QuantisedWeight.of(format, weight.to(ScalarType.BFloat16));
      Tensor back = quantised.widened(Dtype.FLOAT32);

      Tensor largest = weight.abs().amax(new long[] {1}, true);
      double error = back.sub(weight).div(largest).abs().max().item_double();
      assertThat(error).isLessThan(most + 0.01);
      assertThat(quantised.numbers().nbytes() + quantised.scales().nbytes())
          .isEqualTo(format.bytes(out, 1 << 16));
    }
  }

  @ParameterizedTest
  @EnumSource(WeightFormat.class)
  void aMatrixOfZerosStaysOne(WeightFormat format) {
    try (PointerScope scope = new PointerScope()) {
      Tensor zeros = torch.zeros(new long[] {2, IN}, new TensorOptions(ScalarType.Float));
      Tensor back = QuantisedWeight.of(format, zeros).widened(Dtype.FLOAT32);

      assertThat(TensorArrays.floats(back.abs())).containsOnly(0);
    }
  }

  /// By hand: what the format's description says of a row of 32 numbers.
  @Test
  void fourBitsLieInTheOrderThatIsDescribed() {
    try (PointerScope scope = new PointerScope()) {
      float[] row = new float[32];
      row[0] = -4f; // the farthest from 0: −8 of 0.5
      row[1] = 3.5f;
      row[2] = 0.6f;
      QuantisedWeight packed =
          QuantisedWeight.of(WeightFormat.INT4, Tensor.create(row).view(1, 32));

      assertThat(TensorArrays.floats(packed.scales())).containsExactly(0.5f);
      int[] bytes = TensorArrays.ints(packed.numbers());
      assertThat(bytes[0]).isEqualTo(0 + 16 * 15);
      assertThat(bytes[1]).isEqualTo(9 + 16 * 8);
      float[] back = TensorArrays.floats(packed.widened(Dtype.FLOAT32));
      assertThat(back).startsWith(-4f, 3.5f, 0.5f, 0f);
    }
  }

  /// Whole numbers within seven bits, which oneDNN multiplies rightly on every processor.
  @Test
  void bothKernelsGiveTheExactProduct() {
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(4)) {
      Tensor numbers = centred(random, OUT, IN).mul(new Scalar(120)).round().to(ScalarType.Char);
      Tensor scales = random.uniform(ScalarType.Float, OUT);
      QuantisedWeight weight = new QuantisedWeight(WeightFormat.INT8, numbers, scales);
      Tensor x = centred(random, 7, IN).mul(new Scalar(250)).round();
      Tensor exact = torch.linear(x, numbers.to(ScalarType.Float)).mul(scales);

      for (Int8Kernel kernel : Int8Kernel.values()) {
        Int8Product product = kernel.product(weight);
        assertThat(TensorArrays.floats(product.apply(x))).isEqualTo(TensorArrays.floats(exact));
        assertThat(TensorArrays.floats(product.outputs(5, 40).outputs(2, 9).apply(x)))
            .isEqualTo(TensorArrays.floats(exact.narrow(1, 7, 7).contiguous()));
      }
    }
  }

  @Test
  void withoutHardwareForItNothingIsMeasured() {
    assertThat(Int8Kernel.choose(ProcessorFeatures.Int8.NONE)).isEqualTo(Int8Kernel.WIDENED);
  }

  /// Whichever is chosen adds the largest numbers rightly, whatever the flags say: oneDNN does not
  /// on processors without hardware for it.
  @ParameterizedTest
  @EnumSource(ProcessorFeatures.Int8.class)
  void theChosenKernelIsRight(ProcessorFeatures.Int8 flags) {
    Int8Kernel kernel = Int8Kernel.choose(flags);
    try (PointerScope scope = new PointerScope()) {
      TensorOptions float32 = new TensorOptions(ScalarType.Float);
      Tensor weight = torch.ones(new long[] {OUT, 512}, float32);
      Tensor x = torch.ones(new long[] {2, 3, 512}, float32);
      Tensor y =
          linears((name, shape) -> weight, WeightFormat.INT8, kernel).get(NAME, OUT, 512).apply(x);

      assertThat(y.sizes().vec().get()).containsExactly(2, 3, OUT);
      for (float value : TensorArrays.floats(y)) {
        assertThat(value).isCloseTo(512f, within(0.01f));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(WeightFormat.class)
  void productsAreNearThoseOfPlainWeights(WeightFormat format) {
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(5)) {
      Tensor weight = centred(random, OUT, IN);
      // tokens of very different size: each has a scale of its own
      Tensor x = centred(random, 9, IN).mul(centred(random, 9, 1).mul(new Scalar(20)).exp());
      QuantisedLinears linears = linears((name, shape) -> weight, format, Int8Kernel.WIDENED);
      LinearLayer layer = linears.get(NAME, OUT, IN);
      Tensor plain = torch.linear(x, weight);

      double most = format == WeightFormat.INT8 ? 0.01 : 0.1;
      for (int token = 0; token < 9; token++) {
        Tensor expected = plain.narrow(0, token, 1);
        Tensor found = layer.apply(x.narrow(0, token, 1));
        assertThat(norm(found.sub(expected)) / norm(expected)).isLessThan(most);
      }
      Tensor part = layer.apply(x).narrow(1, 8, 12);
      assertThat(norm(layer.outputs(8, 20).apply(x).sub(part))).isLessThan(1e-5 * norm(part));
      linears.close();
    }
  }

  /// Where activations are not rounded, whatever learns beside the matrix or before it learns what
  /// it would learn with the numbers that the matrix stands for.
  @ParameterizedTest
  @EnumSource(WeightFormat.class)
  void gradientsAreThoseOfThePlainMatrixThatItStandsFor(WeightFormat format) {
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(10)) {
      Tensor weight = centred(random, OUT, IN);
      Tensor stoodFor = QuantisedWeight.of(format, weight).widened(Dtype.FLOAT32);
      Tensor x = centred(random, 9, IN);
      Tensor a = centred(random, 4, IN);
      Tensor b = centred(random, OUT, 4);
      Tensor ofOutput = centred(random, 9, OUT);
      try (QuantisedLinears linears = linears((name, shape) -> weight, format, null)) {
        List<Tensor> found = gradients(linears, x, a, b, ofOutput);
        List<Tensor> expected =
            gradients(Linears.dense((name, shape) -> stoodFor), x, a, b, ofOutput);
        for (int i = 0; i < found.size(); i++) {
          assertThat(norm(expected.get(i))).isPositive();
          assertThat(norm(found.get(i).sub(expected.get(i))))
              .isLessThan(1e-6 * norm(expected.get(i)));
        }
      }
    }
  }

  /// Those of a layer's input and of the two matrices of a change beside it.
  private static List<Tensor> gradients(
      Linears base, Tensor x, Tensor a, Tensor b, Tensor ofOutput) {
    List<Tensor> leaves =
        Stream.of(x, a, b).map(one -> one.detach().clone().requires_grad_(true)).toList();
    LowRank change = new LowRank(leaves.get(1), leaves.get(2), 0.5);
    LinearLayer layer = Linears.changed(base, (name, out, in) -> change).get(NAME, OUT, IN);
    layer.apply(leaves.getFirst()).mul(ofOutput).sum().backward();
    return leaves.stream().map(leaf -> leaf.grad().clone()).toList();
  }

  @Test
  void anInfiniteActivationDoesNotLookLikeANumber() {
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(6)) {
      Tensor weight = centred(random, OUT, IN);
      Tensor x = centred(random, 2, IN);
      x.select(0, 1).narrow(0, 3, 1).fill_(new Scalar(Double.POSITIVE_INFINITY));
      Tensor y =
          linears((name, shape) -> weight, WeightFormat.INT8, Int8Kernel.WIDENED)
              .get(NAME, OUT, IN)
              .apply(x);

      assertThat(torch.isfinite(y.select(0, 0)).all().item_bool()).isTrue();
      assertThat(torch.isfinite(y.select(0, 1)).any().item_bool()).isFalse();
    }
  }

  @Test
  void onlyMatricesOfBlocksAreConverted() {
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(7)) {
      Tensor weight = centred(random, OUT, IN).to(ScalarType.BFloat16);
      Tensor x = centred(random, 2, IN);
      LinearLayer head =
          linears((name, shape) -> weight, WeightFormat.INT4, Int8Kernel.WIDENED)
              .get("model.transformer.ff_out.weight", OUT, IN);

      assertThat(TensorArrays.floats(head.apply(x)))
          .isEqualTo(TensorArrays.floats(torch.linear(x, weight.to(ScalarType.Float))));
    }
  }

  @Test
  void widthsThatNoGroupsFitIntoAreRefused() {
    QuantisedLinears linears =
        linears((name, shape) -> null, WeightFormat.INT4, Int8Kernel.WIDENED);

    assertThatThrownBy(() -> linears.get(NAME, 8, 40))
        .isInstanceOf(UserException.class)
        .hasMessage(NAME + " has 40 inputs, expected a multiple of 32 for int4. Take int8.");
  }

  /// oneDNN's operator is called through objects of Java's, which must not pile up.
  @ParameterizedTest
  @EnumSource(Int8Kernel.class)
  void productsLeaveNothingBehind(Int8Kernel kernel) {
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(8)) {
      Tensor weight = centred(random, OUT, IN);
      Tensor x = centred(random, 2, IN);
      try (QuantisedLinears linears = linears((name, shape) -> weight, WeightFormat.INT8, kernel)) {
        LinearLayer layer = linears.get(NAME, OUT, IN);
        long before = apply(layer, x, 1);
        // fewer where what an earlier test left was collected meanwhile
        assertThat(apply(layer, x, 100)).isLessThanOrEqualTo(before);
      }
      long closed = TorchRuntime.nativeObjects();
      QuantisedLinears again = linears((name, shape) -> weight, WeightFormat.INT8, kernel);
      again.get(NAME, OUT, IN);
      again.close();
      assertThat(TorchRuntime.nativeObjects()).isLessThanOrEqualTo(closed);
    }
  }

  private static long apply(LinearLayer layer, Tensor x, int times) {
    for (int i = 0; i < times; i++) {
      try (PointerScope step = new PointerScope()) {
        layer.apply(x);
      }
    }
    return TorchRuntime.nativeObjects();
  }

  private static QuantisedLinears linears(
      Weights weights, WeightFormat format, @Nullable Int8Kernel kernel) {
    return QuantisedLinears.converting(weights, format, Dtype.FLOAT32, kernel, name -> {});
  }
}
