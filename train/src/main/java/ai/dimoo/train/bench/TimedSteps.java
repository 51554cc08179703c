package ai.dimoo.train.bench;

import ai.dimoo.diffusion.Computation;
import ai.dimoo.diffusion.ImageDecoding;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.SequenceInput;
import ai.dimoo.diffusion.SequenceOutput;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;

/// Steps of pictures, timed one by one and told apart by what they compute. Not thread-safe.
final class TimedSteps {

  /// What a step computes.
  enum Kind {
    /// every position
    FULL,
    /// those that the cache chose
    PARTIAL,
    /// none: the shortcut network took it
    SHORTCUT
  }

  /// The model call.
  @FunctionalInterface
  interface Passes {
    List<SequenceOutput> run(List<SequenceInput> inputs);
  }

  private static final double NANOSECONDS = 1e9;

  private final PictureLayout layout;
  private final BenchListener listener;
  private final Map<Kind, List<Double>> seconds = new EnumMap<>(Kind.class);
  private int branches;

  TimedSteps(PictureLayout layout, BenchListener listener) {
    this.layout = layout;
    this.listener = listener;
  }

  /// Decodes one picture.
  ///
  /// @param most of its steps
  void run(ImageSamplerSettings sampling, Passes passes, int most) {
    try (PointerScope scope = new PointerScope();
        ImageDecoding decoding = new ImageDecoding(layout.special(), layout.sequence(), sampling)) {
      for (int step = 0; step < most && !decoding.finished(); step++) {
        listener.onWork();
        try (PointerScope scopeOfStep = new PointerScope();
            AutoGradMode noGradient = new AutoGradMode(false)) {
          long start = System.nanoTime();
          List<SequenceInput> inputs = decoding.inputs();
          decoding.accept(passes.run(inputs)); // ends with the codes in Java: nothing is left to do
          double taken = (System.nanoTime() - start) / NANOSECONDS;
          branches = inputs.size();
          seconds.computeIfAbsent(kind(inputs), _ -> new ArrayList<>()).add(taken);
        }
      }
    }
  }

  private static Kind kind(List<SequenceInput> inputs) {
    return switch (inputs.getFirst().computation()) {
      case Computation.All _, Computation.AllKept _ -> Kind.FULL;
      case Computation.Some _ -> Kind.PARTIAL;
      case Computation.Shortcut _ -> Kind.SHORTCUT;
    };
  }

  /// Sequences of a step.
  int branches() {
    return branches;
  }

  /// The median of a kind; 0 if there was none.
  double median(Kind kind) {
    List<Double> all = seconds.getOrDefault(kind, List.of());
    return all.isEmpty()
        ? 0
        : Timing.median(all.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /// The share of the steps that were of a kind, 0..1.
  double share(Kind kind) {
    int all = seconds.values().stream().mapToInt(List::size).sum();
    return seconds.getOrDefault(kind, List.of()).size() / (double) all;
  }
}
