package ai.dimoo.train.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Muon (Jordan et al., <https://kellerjordan.github.io/posts/muon/>) for the matrices of a model's
/// blocks: the step is the gradient's running mean with all its singular values brought near one,
/// so that rare directions are learned as fast as frequent ones.
///
/// Forgets the gradients that it has used, so an [AdamW] that steps afterwards moves the other
/// weights only; it still decays all of them. Not thread-safe. Owns its running means: close it
/// when training ends.
public final class Muon implements AutoCloseable {

  /// The post's coefficients of the quintic iteration.
  private static final double A = 3.4445;

  private static final double B = -4.7750;
  private static final double C = 2.0315;
  private static final int ITERATIONS = 5;

  /// The running mean's decay, the post's default.
  private static final double MOMENTUM = 0.95;

  /// Matrices of one shape, which are orthogonalised together.
  ///
  /// @param weights n matrices [rows, columns] by name
  /// @param mean of their gradients: [n, rows, columns]
  private record Group(SequencedMap<String, Tensor> weights, Tensor mean) {}

  private final SequencedMap<String, Group> groups = new LinkedHashMap<>();
  private final ScalarType type;

  /// @param which the names of the matrices to move
  /// @param type the dtype in which they are orthogonalised; bfloat16 is enough
  public Muon(Parameters parameters, Predicate<String> which, ScalarType type) {
    this.type = type;
    SequencedMap<String, SequencedMap<String, Tensor>> shapes = new LinkedHashMap<>();
    parameters
        .named()
        .forEach((name, weight) -> {
          if (weight.dim() == 2 && which.test(name)) {
            String shape = weight.size(0) + "x" + weight.size(1);
            shapes.computeIfAbsent(shape, s -> new LinkedHashMap<>()).put(name, weight);
          }
        });
    try (PointerScope scope = new PointerScope()) {
      shapes.forEach((shape, weights) ->
          groups.put(shape, new Group(weights, zeros(weights).retainReference())));
    }
  }

  private static Tensor zeros(SequencedMap<String, Tensor> weights) {
    Tensor first = weights.firstEntry().getValue();
    return torch.zeros(
        new long[] {weights.size(), first.size(0), first.size(1)}, first.detach().options());
  }

  /// Moves the matrices against their gradients, and forgets these.
  ///
  /// @param learningRate the spectral norm of a square matrix's step
  public void step(double learningRate) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      for (Group group : groups.values()) {
        TensorVector gradients = new TensorVector();
        group.weights().values().forEach(weight -> gradients.push_back(weight.grad()));
        Tensor gradient = torch.stack(gradients, 0); // [n, rows, columns]
        group.mean().lerp_(gradient, new Scalar(1 - MOMENTUM));
        // Nesterov's look ahead
        Tensor ahead = gradient.lerp(group.mean(), new Scalar(MOMENTUM));
        Tensor direction = orthogonal(ahead.to(type));
        double tall = Math.max(1, gradient.size(1) / (double) gradient.size(2));
        Scalar factor = new Scalar(-learningRate * Math.sqrt(tall));
        int i = 0;
        for (Tensor weight : group.weights().values()) {
          weight.add_(direction.select(0, i++).to(ScalarType.Float), factor);
          weight.grad().zero_();
        }
      }
    }
  }

  /// Brings all singular values near one by an odd polynomial, iterated.
  ///
  /// @param matrices [n, rows, columns]
  private static Tensor orthogonal(Tensor matrices) {
    boolean tall = matrices.size(1) > matrices.size(2);
    Tensor wide = tall ? matrices.transpose(1, 2) : matrices;
    Tensor norm = wide.square().sum(new long[] {1, 2}, true, null).sqrt();
    Tensor x = wide.div(norm.add(new Scalar(1e-7)));
    for (int i = 0; i < ITERATIONS; i++) {
      Tensor square = x.matmul(x.transpose(1, 2)); // [n, rows, rows]
      Tensor polynomial = square.mul(new Scalar(B)).add(square.matmul(square), new Scalar(C));
      x = x.mul(new Scalar(A)).add(polynomial.matmul(x));
    }
    return tall ? x.transpose(1, 2) : x;
  }

  /// The gradients' running means by the weights' names, for a [TrainingState]: views, in the
  /// caller's scope.
  public Map<String, Tensor> means() {
    Map<String, Tensor> means = new LinkedHashMap<>();
    for (Group group : groups.values()) {
      int i = 0;
      for (String name : group.weights().keySet()) {
        means.put(name, group.mean().select(0, i++));
      }
    }
    return means;
  }

  @Override
  public void close() {
    groups.values().forEach(group -> group.mean().close());
  }
}
