package ai.dimoo.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// LibTorch's CPU random number generator (a Mersenne Twister), the same one that
/// `torch.manual_seed` seeds in Python: one seed gives the reference's numbers draw for draw.
///
/// Not thread-safe. Close it when the run ends.
public final class TorchRandom implements AutoCloseable {

  private final Generator generator;
  private final GeneratorOptional optional;

  /// @param seed any value; 0 is a seed like any other
  public TorchRandom(long seed) {
    TorchRuntime.load();
    try (PointerScope scope = new PointerScope()) {
      generator = torch.createCPUGenerator(seed).retainReference();
      optional = new GeneratorOptional(generator).retainReference();
    }
  }

  /// Draws uniform numbers in [0, 1).
  ///
  /// @param type the format in which they are drawn: bfloat16 numbers are multiples of 1/256
  public Tensor uniform(ScalarType type, long... shape) {
    return torch.rand(shape, optional, new TensorOptions(type));
  }

  /// LibTorch's generator, for operators that take one.
  public GeneratorOptional generator() {
    return optional;
  }

  /// The whole state, to go on from later.
  public Tensor state() {
    return generator.get_state();
  }

  /// Goes on from a state that {@link #state} returned.
  public void restore(Tensor state) {
    generator.set_state(state);
  }

  @Override
  public void close() {
    optional.close();
    generator.close();
  }
}
