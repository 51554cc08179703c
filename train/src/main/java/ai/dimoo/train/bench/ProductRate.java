package ai.dimoo.train.bench;

/// How fast one kind of product of a model is.
///
/// @param format the number format's name
/// @param kind which layers
/// @param rows of what is multiplied
/// @param in width of it
/// @param out width of the result
/// @param seconds median
public record ProductRate(
    String format, String kind, long rows, long in, long out, double seconds) {

  private static final double TERA = 1e12;

  /// 10¹² multiplications and additions a second.
  public double tflops() {
    return 2.0 * rows * in * out / seconds / TERA;
  }
}
