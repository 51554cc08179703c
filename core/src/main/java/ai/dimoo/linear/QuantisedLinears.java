package ai.dimoo.linear;

import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.checkpoint.WeightFiles;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// The matrices of a transformer's blocks in few bits; the head stays as it is stored. On the
/// processor.
///
/// Owns what it converts; use it from one thread at a time, and close it when the model that was
/// built from it is not used any more, before its source.
public final class QuantisedLinears implements Linears, AutoCloseable {

  /// Where quantised matrices come from.
  private interface Source {
    QuantisedWeight get(String name, long out, long in);
  }

  private final Source source;
  private final boolean mapped;
  private final Weights plain;
  private final WeightFormat format;
  private final Dtype dtype;
  private final @Nullable Int8Kernel kernel;
  private final Consumer<String> used;
  private final List<Tensor> owned = new ArrayList<>();

  /// @param kernel of [WeightFormat#INT8]; null: activations are not rounded
  private QuantisedLinears(
      Source source,
      boolean mapped,
      Weights plain,
      WeightFormat format,
      Dtype dtype,
      @Nullable Int8Kernel kernel,
      Consumer<String> used) {
    this.source = source;
    this.mapped = mapped;
    this.plain = plain;
    this.format = format;
    this.dtype = dtype;
    this.kernel = kernel;
    this.used = used;
  }

  /// Converts each matrix when it is asked for.
  ///
  /// @param plain weights in any format
  /// @param dtype in which the rest of the transformer computes
  /// @param kernel of {@link WeightFormat#INT8}; null: activations stay as they are, and gradients
  ///   by them go through
  /// @param used is told the name of each matrix whose plain numbers are not needed any more
  public static QuantisedLinears converting(
      Weights plain,
      WeightFormat format,
      Dtype dtype,
      @Nullable Int8Kernel kernel,
      Consumer<String> used) {
    Source source =
        (name, out, in) -> {
          format.requireGroups(name, in);
          return QuantisedWeight.of(format, plain.get(name, out, in));
        };
    return new QuantisedLinears(source, false, plain, format, dtype, kernel, used);
  }

  /// Takes matrices that are stored in few bits, on the files' own pages where the kernel can use
  /// them so.
  ///
  /// @param dtype in which the rest of the transformer computes
  /// @param kernel of {@link WeightFormat#INT8}; null as in {@link #converting}
  public static QuantisedLinears stored(
      WeightFiles files, WeightFormat format, Dtype dtype, @Nullable Int8Kernel kernel) {
    Source source =
        (name, out, in) -> {
          format.requireGroups(name, in);
          return new QuantisedWeight(
              format,
              files.tensor(name, format.numbersDtype(), format.numbersShape(out, in)),
              files.tensor(
                  TensorNames.scales(name), format.scalesDtype(), format.scalesShape(out, in)));
        };
    return new QuantisedLinears(source, true, files, format, dtype, kernel, files::unload);
  }

  /// The one or the other, as the files are.
  ///
  /// @param stored the format that the files are in; null: plain
  /// @param format to hold them in; `stored`, if that is not null
  /// @param dtype in which the rest of the transformer computes
  /// @param kernel of {@link WeightFormat#INT8}; null as in {@link #converting}
  public static QuantisedLinears of(
      WeightFiles files,
      @Nullable WeightFormat stored,
      WeightFormat format,
      Dtype dtype,
      @Nullable Int8Kernel kernel) {
    return stored == null
        ? converting(files, format, dtype, kernel, files::unload)
        : stored(files, format, dtype, kernel);
  }

  @Override
  public LinearLayer get(String name, long out, long in) {
    try (PointerScope scope = new PointerScope()) {
      if (!TensorNames.isInBlock(name)) {
        Tensor head = plain.get(name, out, in);
        own(List.of(head));
        return new WidenedLinear(head, dtype);
      }
      QuantisedWeight weight = source.get(name, out, in);
      boolean rounding = format == WeightFormat.INT8 && kernel != null;
      LinearLayer layer = rounding ? rounding(weight, kernel) : dequantised(weight);
      if (!mapped || rounding && kernel.copies()) {
        used.accept(name);
      }
      return layer;
    }
  }

  private LinearLayer rounding(QuantisedWeight weight, Int8Kernel with) {
    Int8Product product = with.product(weight);
    own(product.held());
    return new Int8Linear(product);
  }

  private LinearLayer dequantised(QuantisedWeight weight) {
    own(weight.held());
    long atOnce = kernel == null ? Linears.WIDENED_AT_ONCE : QuantisedWeight.PIECE;
    return new DequantisedLinear(weight, dtype, atOnce);
  }

  private void own(List<Tensor> tensors) {
    tensors.forEach(tensor -> owned.add(tensor.retainReference()));
  }

  @Override
  public void close() {
    owned.forEach(Tensor::close);
    owned.clear();
  }
}
