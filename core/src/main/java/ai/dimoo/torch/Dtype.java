package ai.dimoo.torch;

import org.bytedeco.pytorch.global.torch.ScalarType;

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

  /// The name used by PyTorch and by our `--dtype` option.
  public String spelling() {
    return spelling;
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
