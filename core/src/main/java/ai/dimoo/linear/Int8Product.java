package ai.dimoo.linear;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// A product of whole numbers with one matrix.
interface Int8Product {

  /// Each output times its scale.
  ///
  /// @param x [n, in] float32, whole numbers of −127 to 127
  /// @return [n, out] float32, a tensor of its own
  Tensor apply(Tensor x);

  /// The same for some of the outputs.
  Int8Product outputs(long from, long to);

  /// What it needs of native memory.
  List<Tensor> held();
}
