package ai.dimoo.vq;

/// How the decoder doubles the resolution between its levels.
public enum Upsampling {
  /// Each pixel is repeated, and a 3×3 convolution follows: the published model. The four pixels
  /// that one becomes look the same to the convolution where the neighbours do.
  NEAREST("conv"),

  /// A transposed 4×4 convolution of stride 2: each of the four has weights of its own, so what a
  /// code looks like within its tile is learned in far fewer steps.
  TRANSPOSED("conv_transpose");

  private final String field;

  Upsampling(String field) {
    this.field = field;
  }

  /// Its name in `vqvae/config.json`, where the field is `upsample_type`.
  @Override
  public String toString() {
    return field;
  }
}
