package ai.dimoo.train.optim;

import ai.dimoo.torch.ResultScope;
import ai.dimoo.train.parallel.Ranks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Muon (Jordan et al., <https://kellerjordan.github.io/posts/muon/>) for the matrices of a model's
/// blocks, and for the kernels of convolutions, each as a matrix [size(0), the rest]: the step is
/// the gradient's running mean with all its singular values brought near one, so that rare
/// directions are learned as fast as frequent ones.
///
/// Forgets the gradients that it has used, so an [AdamW] that steps afterwards moves the other
/// weights only; it still decays all of them. Where several ranks train, each keeps the means of
/// its share of the matrices and orthogonalises these. Not thread-safe. Owns its running means:
/// close it when training ends.
public final class Muon implements Kept, AutoCloseable {

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
  /// @param mean of the gradients of this rank's: [places, rows, columns], places the same number
  ///   on each rank; the last ones are zero if there are fewer matrices
  private record Group(SequencedMap<String, Tensor> weights, Tensor mean) {

    /// The names of this rank's matrices, in the order of their places.
    List<String> own(Ranks ranks) {
      long places = mean.size(0);
      return weights.keySet().stream().skip(ranks.rank() * places).limit(places).toList();
    }

    /// As the mean, of all ranks: [ranks · places, rows, columns]
    Tensor zerosOfAll(Ranks ranks) {
      long[] shape = {ranks.count() * mean.size(0), mean.size(1), mean.size(2)};
      return torch.zeros(shape, mean.options());
    }
  }

  private final SequencedMap<String, Group> groups = new LinkedHashMap<>();
  private final Parameters parameters;
  private final Ranks ranks;
  private final ScalarType type;

  /// @param which the names of the matrices and kernels to move
  /// @param type the dtype in which they are orthogonalised; bfloat16 is enough
  public Muon(Parameters parameters, Predicate<String> which, ScalarType type) {
    this.type = type;
    this.parameters = parameters;
    this.ranks = parameters.ranks();
    SequencedMap<String, SequencedMap<String, Tensor>> shapes = new LinkedHashMap<>();
    parameters
        .named()
        .forEach((name, weight) -> {
          if (weight.dim() >= 2 && which.test(name)) {
            String shape = weight.size(0) + "x" + columns(weight);
            shapes.computeIfAbsent(shape, s -> new LinkedHashMap<>()).put(name, weight);
          }
        });
    try (PointerScope scope = new PointerScope()) {
      shapes.forEach((shape, weights) ->
          groups.put(shape, new Group(weights, zeros(weights).retainReference())));
    }
  }

  private Tensor zeros(SequencedMap<String, Tensor> weights) {
    Tensor first = weights.firstEntry().getValue();
    long places = Math.ceilDiv(weights.size(), ranks.count());
    long[] shape = {places, first.size(0), columns(first)};
    return torch.zeros(shape, first.detach().options());
  }

  private static long columns(Tensor weight) {
    return weight.numel() / weight.size(0);
  }

  /// Moves the matrices against their gradients, which are those of all ranks' examples already,
  /// and forgets these. All ranks step at once.
  ///
  /// @param learningRate the spectral norm of a square matrix's step
  public void step(double learningRate) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      Shard all = parameters.gradients();
      for (Group group : groups.values()) {
        Tensor directions = group.zerosOfAll(ranks);
        List<Tensor> gradients = gradients(group, all);
        if (!gradients.isEmpty()) {
          directions(group, gradients, ranks.part(directions));
        }
        ranks.gather(directions);
        double tall = Math.max(1, directions.size(1) / (double) directions.size(2));
        Scalar factor = new Scalar(-learningRate * Math.sqrt(tall));
        int i = 0;
        for (Map.Entry<String, Tensor> entry : group.weights().entrySet()) {
          Tensor weight = entry.getValue();
          weight.add_(directions.select(0, i++).view(weight.sizes()), factor);
          all.zero(entry.getKey());
        }
      }
    }
  }

  /// The gradients of this rank's matrices, each put together of all ranks' shards: [rows, columns]
  private List<Tensor> gradients(Group group, Shard all) {
    List<String> own = group.own(ranks);
    List<Tensor> gradients = new ArrayList<>();
    for (String name : group.weights().keySet()) {
      if (own.contains(name)) {
        gradients.add(ResultScope.of(() -> all.whole(name).flatten(1, -1)));
      } else {
        try (PointerScope others = new PointerScope()) {
          all.whole(name);
        }
      }
    }
    return gradients;
  }

  /// Takes the gradients of this rank's matrices into their means.
  ///
  /// @param gradients n, of [rows, columns]
  /// @param directions where each matrix is to go, of this rank's places; filled in here
  private void directions(Group group, List<Tensor> gradients, Tensor directions) {
    int n = gradients.size();
    Tensor gradient = torch.stack(new TensorVector(gradients.toArray(Tensor[]::new)), 0);
    Tensor mean = group.mean().narrow(0, 0, n);
    mean.lerp_(gradient, new Scalar(1 - MOMENTUM));
    // Nesterov's look ahead
    Tensor ahead = gradient.lerp(mean, new Scalar(MOMENTUM));
    directions.narrow(0, 0, n).copy_(orthogonal(ahead.to(type)));
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

  /// The running mean of a matrix's gradients.
  @Override
  public Tensor whole(String name) {
    Group group =
        groups.values().stream()
            .filter(some -> some.weights().containsKey(name))
            .findFirst()
            .orElseThrow();
    Tensor weight = group.weights().get(name);
    int own = group.own(ranks).indexOf(name);
    try (AutoGradMode noGrad = new AutoGradMode(false)) {
      Tensor mean =
          own >= 0
              ? group.mean().select(0, own).clone().view(weight.sizes())
              : torch.zeros_like(weight.detach());
      ranks.sum(mean); // zero on all ranks but one
      return mean;
    }
  }

  @Override
  public Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    groups.values().forEach(group -> shapes.putAll(Kept.shapesOf(group.weights())));
    return shapes;
  }

  @Override
  public void take(Function<String, Tensor> saved) {
    for (Group group : groups.values()) {
      int i = 0;
      for (String name : group.own(ranks)) {
        group.mean().select(0, i++).copy_(saved.apply(name).flatten(1, -1));
      }
    }
  }

  @Override
  public void close() {
    groups.values().forEach(group -> group.mean().close());
  }
}
