package ai.dimoo.linear;

import ai.dimoo.torch.ProcessorFeatures;
import ai.dimoo.torch.TorchRuntime;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// What multiplies 8-bit numbers. All give the same: sums of so small whole numbers are exact, in
/// float32 too as long as they stay below 2²⁴, which they do in practice.
public enum Int8Kernel {
  /// oneDNN's product of 8-bit numbers, for processors that have one in hardware (VNNI, AMX)
  ONEDNN,
  /// weights that are converted to float32, a part at a time, for each product
  WIDENED;

  /// One line for people where 8-bit numbers save memory only; null where they save time.
  public @Nullable String notice() {
    return this == ONEDNN
        ? null
        : "The weights are held in 8 bits and converted to float32 for each product: no product of 8-bit numbers (VNNI, AMX) is faster on this machine.";
  }

  // of the product that decides, small enough to take a moment
  private static final int ROWS = 128;
  private static final int WIDTH = 1024;

  // of one that takes a moment even in oneDNN's plain loops, to which it falls back where it finds
  // no kernel for a processor: thousands of times slower
  private static final int FEW_ROWS = 16;
  private static final int SMALL_WIDTH = 256;
  private static final double WITHOUT_A_KERNEL = 20;

  private static final int MOST_RUNS = 5;

  /// How many times faster decides without more runs.
  private static final double CLEARLY = 2;

  private static final class OfThisMachine {
    static final Int8Kernel FASTEST = choose(ProcessorFeatures.ofThisMachine().int8());
  }

  /// The fastest of those that are right on this processor. Its flags tell, or some ten products
  /// that are timed once in a process.
  public static Int8Kernel fastest() {
    return OfThisMachine.FASTEST;
  }

  /// @param flags what the processor's flags say
  static Int8Kernel choose(ProcessorFeatures.Int8 flags) {
    boolean onednn =
        flags != ProcessorFeatures.Int8.NONE
            && TorchRuntime.keepingThreads(() -> {
              TorchRuntime.setThreads(1); // several wait for each other on a busy machine
              return onednnIsFaster(flags == ProcessorFeatures.Int8.FAST);
            });
    return onednn ? ONEDNN : WIDENED;
  }

  private static boolean onednnIsFaster(boolean ifRight) {
    try {
      // a small product says little of which is faster, unless oneDNN has no kernel
      return isFaster(FEW_ROWS, SMALL_WIDTH, WITHOUT_A_KERNEL)
          && (ifRight || isFaster(ROWS, WIDTH, 1));
    } catch (RuntimeException | ExceptionInInitializerError e) {
      return false; // a build of LibTorch without oneDNN
    }
  }

  /// Whether oneDNN is right and takes at most so many times as long.
  private static boolean isFaster(int rows, int width, double times) {
    try (PointerScope scope = new PointerScope()) {
      TensorOptions float32 = new TensorOptions(ScalarType.Float);
      // the largest numbers of one sign: without hardware for them oneDNN adds in 16 bits
      Tensor x = torch.full(new long[] {rows, width}, new Scalar(127), float32);
      QuantisedWeight weight =
          QuantisedWeight.of(WeightFormat.INT8, torch.ones(new long[] {width, width}, float32));
      Int8Product onednn = ONEDNN.product(weight);
      Int8Product widened = WIDENED.product(weight);
      return onednn.apply(x).allclose(widened.apply(x)) && isFaster(onednn, widened, x, times);
    }
  }

  /// By turns and by the shortest time of each: what other programs take of the processor makes
  /// some runs longer, and none shorter.
  private static boolean isFaster(Int8Product one, Int8Product other, Tensor x, double times) {
    double ofOne = Double.POSITIVE_INFINITY;
    double ofOther = Double.POSITIVE_INFINITY;
    for (int run = 0; run < MOST_RUNS; run++) {
      ofOther = Math.min(ofOther, times * seconds(other, x));
      ofOne = Math.min(ofOne, seconds(one, x));
      boolean clear = CLEARLY * ofOne < ofOther || CLEARLY * ofOther < ofOne;
      if (run > 0 && clear) {
        break;
      }
    }
    return ofOne <= ofOther;
  }

  private static double seconds(Int8Product product, Tensor x) {
    long begin = System.nanoTime();
    try (PointerScope scope = new PointerScope()) {
      product.apply(x);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  /// Whether a product holds a copy of its matrix, in another order.
  boolean copies() {
    return this == ONEDNN;
  }

  Int8Product product(QuantisedWeight weight) {
    return switch (this) {
      case ONEDNN -> OneDnnProduct.of(weight);
      case WIDENED -> new WidenedProduct(weight);
    };
  }

  private record WidenedProduct(QuantisedWeight weight) implements Int8Product {

    @Override
    public Tensor apply(Tensor x) {
      PiecewiseProduct product =
          (from, to) -> weight.numbers().narrow(0, from, to - from).to(ScalarType.Float);
      return product
          .apply(x, weight.out(), QuantisedWeight.rowsAtOnce(weight.in()))
          .mul_(weight.scales());
    }

    @Override
    public Int8Product outputs(long from, long to) {
      return new WidenedProduct(weight.outputs(from, to));
    }

    @Override
    public List<Tensor> held() {
      return weight.held();
    }
  }
}
