package ai.dimoo.checkpoint;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// The number formats that a safetensors file may hold and that we read and write. The constants'
/// names are the spellings used in the file's header.
public enum TensorDtype {
  /// 64-bit IEEE floating point
  F64(8, ScalarType.Double),
  /// 32-bit IEEE floating point
  F32(4, ScalarType.Float),
  /// 16-bit IEEE floating point
  F16(2, ScalarType.Half),
  /// 16-bit floating point with the exponent of float32
  BF16(2, ScalarType.BFloat16),
  /// 64-bit signed integer
  I64(8, ScalarType.Long),
  /// 32-bit signed integer
  I32(4, ScalarType.Int),
  /// 16-bit signed integer
  I16(2, ScalarType.Short),
  /// 8-bit signed integer
  I8(1, ScalarType.Char),
  /// 8-bit unsigned integer
  U8(1, ScalarType.Byte),
  /// one byte, 0 or 1
  BOOL(1, ScalarType.Bool);

  private final int bytes;
  private final ScalarType scalarType;

  TensorDtype(int bytes, ScalarType scalarType) {
    this.bytes = bytes;
    this.scalarType = scalarType;
  }

  /// Bytes that one number takes.
  public int bytes() {
    return bytes;
  }

  /// LibTorch's constant for it.
  public ScalarType scalarType() {
    return scalarType;
  }

  /// Whether it holds fractions.
  public boolean isFloatingPoint() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /// The format of this spelling, or null if we do not read it.
  static @Nullable TensorDtype ofSpelling(String spelling) {
    for (TensorDtype dtype : values()) {
      if (dtype.name().equals(spelling)) {
        return dtype;
      }
    }
    return null;
  }

  /// The format that holds LibTorch's `type`.
  ///
  /// @throws IllegalArgumentException if safetensors files have none for it, or we do not write it
  public static TensorDtype of(ScalarType type) {
    for (TensorDtype dtype : values()) {
      if (dtype.scalarType == type.intern()) {
        return dtype;
      }
    }
    throw new IllegalArgumentException("no safetensors dtype for " + type.intern());
  }

  static String spellings() {
    return Arrays.stream(values()).map(TensorDtype::name).collect(Collectors.joining(", "));
  }
}
