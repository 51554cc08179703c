package ai.dimoo.checkpoint;

import java.lang.foreign.MemorySegment;
import org.bytedeco.pytorch.Tensor;

/// The bytes of a tensor, without a copy.
final class TensorMemory {

  private TensorMemory() {}

  /// The memory of a contiguous tensor on the CPU; valid as long as the tensor is.
  static MemorySegment of(Tensor tensor) {
    if (!tensor.is_contiguous() || !tensor.is_cpu()) {
      throw new IllegalArgumentException("expected a contiguous tensor on the CPU");
    }
    long bytes = tensor.nbytes();
    if (bytes == 0) {
      return MemorySegment.NULL;
    }
    return MemorySegment.ofAddress(tensor.data_ptr().address()).reinterpret(bytes);
  }
}
