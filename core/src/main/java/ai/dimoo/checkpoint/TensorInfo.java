package ai.dimoo.checkpoint;

import java.util.List;

/// What a safetensors header says of one tensor. Immutable.
///
/// @param name the tensor's name
/// @param dtype the format of its numbers
/// @param shape sizes of its dimensions, row-major; empty for a single number
/// @param begin the first byte, counted from the start of the file's data section
/// @param end the byte after its last, counted likewise
public record TensorInfo(String name, TensorDtype dtype, List<Long> shape, long begin, long end) {

  /// Copies the shape.
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /// The shape as LibTorch takes it.
  public long[] sizes() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /// Bytes of its numbers.
  public long bytes() {
    return end - begin;
  }

  /// Numbers in it.
  public long elements() {
    return bytes() / dtype.bytes();
  }
}
