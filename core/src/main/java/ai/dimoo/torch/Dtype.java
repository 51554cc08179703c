package ai.dimoo.torch;

import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import java.util.Locale;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// The number format in which the model computes.
public enum Dtype {
  /// 32-bit IEEE floating point
  FLOAT32("float32", ScalarType.Float),
  /// 16-bit floating point with the exponent of float32
  BFLOAT16("bfloat16", ScalarType.BFloat16);

  private final String spelling;
  private final ScalarType scalarType;

  Dtype(String spelling, ScalarType scalarType) {
    this.spelling = spelling;
    this.scalarType = scalarType;
  }

  /// The format of this name.
  ///
  /// @throws UserException if there is none
  public static Dtype named(String name) {
    Dtype dtype = ofSpelling(name.strip().toLowerCase(Locale.ROOT));
    if (dtype == null) {
      throw new UserException(Fault.value("dtype", name, "bfloat16 or float32"));
    }
    return dtype;
  }

  /// The format that is spelled so; null if there is none.
  public static @Nullable Dtype ofSpelling(String spelling) {
    for (Dtype dtype : values()) {
      if (dtype.spelling.equals(spelling)) {
        return dtype;
      }
    }
    return null;
  }

  /// The format in which a device computes fastest: bfloat16 on graphics cards, and on processors
  /// that have it in hardware; else float32.
  public static Dtype preferredOn(TorchDevice device) {
    boolean fast = !device.isCpu() || ProcessorFeatures.ofThisMachine().bfloat16();
    return fast ? BFLOAT16 : FLOAT32;
  }

  /// The name used by PyTorch and by our `--dtype` option.
  public String spelling() {
    return spelling;
  }

  /// Bytes of one number.
  public int bytes() {
    return this == FLOAT32 ? 4 : 2;
  }

  /// LibTorch's constant for it.
  public ScalarType scalarType() {
    return scalarType;
  }

  @Override
  public String toString() {
    return spelling;
  }
}
