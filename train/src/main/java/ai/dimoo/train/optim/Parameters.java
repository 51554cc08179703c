package ai.dimoo.train.optim;

import ai.dimoo.torch.WeightShapes;
import ai.dimoo.torch.Weights;
import ai.dimoo.train.parallel.Ranks;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The weights of a model that learn, in one flat float32 tensor, of which each named weight is a
/// view. The gradients lie in a second flat tensor, so that the optimiser and the gradient norm
/// each handle one tensor, whatever the model. Weights that are frozen come from elsewhere and are
/// not held here.
///
/// Where several ranks train, each holds all weights, and its shard of the gradients, which are
/// those of all ranks' examples (the second stage of ZeRO: Rajbhandari et al., arXiv 1910.02054): a
/// backward pass gathers them bucket by bucket. The flat tensors are filled up with zeros to a
/// length that they can share out.
///
/// Not thread-safe. Owns its tensors: close it when training ends.
public final class Parameters implements Weights, GradientBuckets, AutoCloseable {

  private final SequencedMap<String, Tensor> leaves = new LinkedHashMap<>();
  private final Map<String, Long> offsets = new HashMap<>();
  private final Weights frozen;
  private final Ranks ranks;
  private final Tensor values; // [count]
  private final Shard gradients;

  private Parameters(
      SequencedMap<String, long[]> shapes, Weights frozen, Ranks ranks, Device device) {
    this.frozen = frozen;
    this.ranks = ranks;
    long numbers = shapes.values().stream().mapToLong(Parameters::size).sum();
    long count = Math.ceilDiv(numbers, ranks.count()) * ranks.count();
    TensorOptions options = new TensorOptions(ScalarType.Float).device(new DeviceOptional(device));
    values = torch.zeros(new long[] {count}, options).retainReference();
    gradients = Shard.zeros(this);
    long offset = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      long size = size(entry.getValue());
      Tensor leaf = values.narrow(0, offset, size).view(entry.getValue()).detach();
      leaf.requires_grad_(true);
      if (ranks.count() == 1) {
        leaf.mutable_grad().put(gradients.numbers().narrow(0, offset, size).view(entry.getValue()));
      }
      leaves.put(entry.getKey(), leaf.retainReference());
      offsets.put(entry.getKey(), offset);
      offset += size;
    }
  }

  /// Zero weights for a model of which everything learns.
  ///
  /// @param model constructs the model with the weights that it is given; called once, to learn
  ///   their names and shapes. The weights that it gets then have a shape and no numbers
  ///   (LibTorch's `meta` device): it may join and cut them, and fails if it reads one
  public static Parameters of(Consumer<Weights> model, Device device) {
    return of(model, Ranks.ALONE, device);
  }

  /// The same for ranks that train it together.
  public static Parameters of(Consumer<Weights> model, Ranks ranks, Device device) {
    return of(
        model,
        name -> true,
        (name, shape) -> {
          throw new IllegalArgumentException("no parameter " + name);
        },
        ranks,
        device);
  }

  /// Zero weights for the part of a model that learns.
  ///
  /// @param model as above
  /// @param trainable which names learn
  /// @param frozen gives the others; stays the caller's
  public static Parameters of(
      Consumer<Weights> model,
      Predicate<String> trainable,
      Weights frozen,
      Ranks ranks,
      Device device) {
    SequencedMap<String, long[]> shapes = WeightShapes.of(model);
    shapes.keySet().removeIf(trainable.negate());
    try (PointerScope scope = new PointerScope()) {
      return new Parameters(shapes, frozen, ranks, device);
    }
  }

  private static long size(long[] shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /// Sets every weight that learns.
  ///
  /// @param assignment gets the name and the weight to write to
  public void initialise(BiConsumer<String, Tensor> assignment) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      leaves.forEach(assignment);
    }
  }

  /// Sets every weight that learns to that of the same name.
  ///
  /// @param others of any number format
  public void copy(Weights others) {
    initialise((name, weight) -> weight.copy_(others.get(name, weight.sizes().vec().get())));
  }

  /// Fills a weight with random numbers that are drawn on the CPU, so that one seed gives the same
  /// weights on every device.
  ///
  /// @param draw fills the tensor that it is given, of the weight's shape
  public static void drawn(Tensor weight, Consumer<Tensor> draw) {
    Tensor numbers = torch.empty(weight.sizes(), new TensorOptions(ScalarType.Float), null);
    draw.accept(numbers);
    weight.copy_(numbers);
  }

  /// The weight of this name: in float32, gathering its gradient, if it learns.
  @Override
  public Tensor get(String name, long... shape) {
    Tensor leaf = leaves.get(name);
    return leaf == null ? frozen.get(name, shape) : leaf;
  }

  /// The weights that learn by name, in the order in which the model asked for them.
  public SequencedMap<String, Tensor> named() {
    return Collections.unmodifiableSequencedMap(leaves);
  }

  /// Where in the flat tensors a weight that learns begins.
  long offset(String name) {
    return offsets.get(name);
  }

  /// The gradient of a weight that learns; where several ranks train, of its bucket alone, while it
  /// is gathered.
  public Tensor gradient(String name) {
    Tensor leaf = leaves.get(name);
    if (leaf == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    return leaf.grad();
  }

  /// Those that train these weights together.
  public Ranks ranks() {
    return ranks;
  }

  /// All weights that learn: [count] float32
  public Tensor values() {
    return values;
  }

  /// This rank's shard of the gradients, which are those of all ranks' examples.
  ///
  /// @throws IllegalStateException if a pass made gradients outside of a bucket
  public Shard gradients() {
    if (ranks.count() > 1) {
      leaves.forEach((name, leaf) -> {
        if (leaf.grad().defined()) {
          throw new IllegalStateException("a gradient of " + name + " that was not gathered");
        }
      });
    }
    return gradients;
  }

  /// Where several ranks train, the weights have gradients for as long as the pass runs; these are
  /// then added up over all ranks, and each keeps what is of its shard. All ranks gather the same
  /// buckets in the same order. One by itself keeps all gradients all the time.
  @Override
  public void gather(Predicate<String> weights, Runnable pass) {
    List<String> bucket = leaves.keySet().stream().filter(weights).toList();
    if (ranks.count() == 1 || bucket.isEmpty()) {
      pass.run();
      return;
    }
    try (PointerScope scope = new PointerScope()) {
      long size = bucket.stream().mapToLong(name -> leaves.get(name).numel()).sum();
      Tensor sums = torch.zeros(new long[] {size}, gradients.numbers().options());
      Map<String, Tensor> parts = new LinkedHashMap<>();
      long from = 0;
      for (String name : bucket) {
        Tensor leaf = leaves.get(name);
        Tensor part = sums.narrow(0, from, leaf.numel());
        parts.put(name, part);
        leaf.mutable_grad().put(part.view(leaf.sizes()));
        from += leaf.numel();
      }
      pass.run();
      ranks.sum(sums);
      parts.forEach((name, part) -> {
        gradients.add(name, part);
        leaves.get(name).mutable_grad().reset();
      });
    }
  }

  /// Refuses ranks whose weights differ, bit for bit, or lie in another order.
  ///
  /// @param where in the training they are, for the message
  /// @throws ai.dimoo.error.UserException on every rank
  public void requireSame(String where) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      // of the bits as whole numbers, whose sum depends on no order
      long sum = values.view(ScalarType.Int).sum().item_long();
      ranks.requireSame("%s, weights %x in the order %s".formatted(where, sum, leaves.keySet()));
    }
  }

  /// Forgets the gradients.
  public void zeroGradients() {
    gradients.numbers().zero_();
  }

  @Override
  public void close() {
    leaves.values().forEach(Tensor::close);
    values.close();
    gradients.close();
  }
}
