package ai.dimoo.train.bench;

import static ai.dimoo.memory.FreeMemory.gigabytes;

import ai.dimoo.ModelOptions;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.ModelRunner;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import ai.dimoo.linear.LinearLayer;
import ai.dimoo.linear.Linears;
import ai.dimoo.linear.QuantisedLinears;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.EngineThread;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.torch.ProcessorFeatures;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.train.bench.TimedSteps.Kind;
import ai.dimoo.train.bench.TimedSteps.Passes;
import ai.dimoo.transformer.KeyValueCache;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Measures one model in every way to sample it, from the reference's arithmetic down to the
/// fastest preset, and how fast its products are in each number format.
///
/// A step's time is a median; a picture's is put together of how many steps of each kind it has.
/// Where fewer layers were made than the model has, each pass gets the time of the others added.
/// Used once, on one thread.
public final class Ladder {

  /// Widths of the large products whose rate is the ceiling.
  private static final long LARGEST = 4096;

  private static final long SMALLEST = 256;
  private static final int WARM_UP_STEPS = 2;

  /// A format whose products are so much slower than those of the model's own is not sampled in: on
  /// a processor without units for it that takes an hour, and says no more.
  private static final double FAR_SLOWER = 0.25;

  private final BenchSubject subject;
  private final BenchSettings settings;
  private final BenchListener listener;
  private final TorchDevice device;
  private final List<ProductRate> products = new ArrayList<>();
  private final Map<String, Double> ceilings = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<Kind, Double> layers = new EnumMap<>(Kind.class); // seconds, of one format
  private int branches;

  /// A number format.
  private record Format(Dtype dtype, @Nullable WeightFormat weights) {

    String name() {
      return ModelOptions.formatName(dtype, weights);
    }
  }

  private Ladder(
      BenchSubject subject, BenchSettings settings, BenchListener listener, TorchDevice device) {
    this.subject = subject;
    this.settings = settings;
    this.listener = listener;
    this.device = device;
  }

  /// Measures.
  ///
  /// @throws UserException if the subject is not usable
  /// @throws ai.dimoo.error.EnvironmentException if the machine cannot: no LibTorch, no memory
  public static LadderResult run(
      BenchSubject subject, BenchSettings settings, BenchListener listener) {
    if (settings.steps() < 2) {
      throw new UserException(
          "The number of steps is %d, expected at least 2 for the ladder: the first of a picture is computed in full in every way."
              .formatted(settings.steps()));
    }
    requirePlain(subject);
    try (EngineThread engine =
        new EngineThread("bench", Runtime.getRuntime().availableProcessors())) {
      return engine.call(() -> {
        TorchDevice device = TorchDevice.find(settings.model().device());
        return new Ladder(subject, settings, listener, device).measure();
      });
    }
  }

  private static void requirePlain(BenchSubject subject) {
    if (subject instanceof BenchSubject.Saved saved) {
      try (Checkpoint checkpoint = Checkpoint.open(saved.directory())) {
        WeightFormat few = WeightFormat.stored(checkpoint.config());
        if (few != null) {
          throw new UserException(
              "%s is stored in %s; the ladder compares formats and needs the model that it was made of."
                  .formatted(saved.directory(), few));
        }
      }
    }
  }

  private LadderResult measure() {
    Dtype own = settings.model().dtypeOn(device);
    Dtype other = own == Dtype.FLOAT32 ? Dtype.BFLOAT16 : Dtype.FLOAT32;
    List<Rung> rungs = new ArrayList<>();
    List<Rung> faster = new ArrayList<>();
    List<LadderResult> begun = new ArrayList<>();
    measure(
        new Format(own, null),
        (model, threads) -> {
          rungs.add(reference(model));
          rungs.add(exact(model));
          faster.add(cached(model));
          faster.add(preset(model, "balanced", model.presets.balanced()));
          faster.add(preset(model, "fast", model.presets.fast()));
          begun.add(result(model, threads, rungs));
        });
    if (begun.isEmpty()) {
      throw new EnvironmentException(notes.getFirst() + ".");
    }
    List<Format> others = new ArrayList<>(List.of(new Format(other, null)));
    if (device.isCpu()) {
      for (WeightFormat few : WeightFormat.values()) {
        others.add(new Format(own, few));
      }
    }
    for (Format format : others) {
      measure(format, (model, threads) -> rungs.add(exact(model)));
    }
    rungs.addAll(faster);
    return begun
        .getFirst()
        .with(rungs, products, ceilings, List.of(own.spelling(), other.spelling()), notes);
  }

  /// Measures an opened model.
  private interface Measuring {
    void of(BenchModel model, int threads);
  }

  private void measure(Format format, Measuring measuring) {
    Long lacking = lacking(format);
    if (lacking != null) {
      notes.add(
          "%s is not measured: it needs %s, and %s are free"
              .formatted(format.name(), gigabytes(lacking), gigabytes(FreeMemory.now().bytes())));
      return;
    }
    listener.onPhase(format.name());
    layers.clear();
    ModelOptions options = settings.model().withDtype(format.dtype()).withWeights(format.weights());
    int threads = options.threadsFor(width());
    TorchRuntime.setThreads(threads); // of this thread; opening a model may measure kernels
    try (PointerScope scope = new PointerScope();
        BenchModel model = new BenchModel(subject, device, options)) {
      listener.onPhase(format.name() + ", products");
      products(model);
      double best = best(format.name());
      double own = best(products.getFirst().format());
      if (best < FAR_SLOWER * own) {
        ceilings.put(format.name(), best);
        notes.add(
            "no picture is measured in %s: its products take %.0f times as long as those in %s here"
                .formatted(format.name(), own / best, products.getFirst().format()));
        return;
      }
      measuring.of(model, threads);
      listener.onPhase(format.name() + ", ceiling");
      ceilings.put(format.name(), ceiling(format, model));
    }
  }

  private int width() {
    return switch (subject) {
      case BenchSubject.Random random -> random.shape().config().dModel();
      case BenchSubject.Saved saved -> {
        try (Checkpoint checkpoint = Checkpoint.open(saved.directory())) {
          yield TransformerConfig.of(checkpoint).dModel();
        }
      }
    };
  }

  /// What random weights need of memory where they do not fit; null: they do. A saved model's are
  /// mapped.
  private @Nullable Long lacking(Format format) {
    if (!(subject instanceof BenchSubject.Random random) || !device.isCpu()) {
      return null;
    }
    TransformerConfig config = random.shape().config(random.layers());
    long d = config.dModel();
    long block = 4 * d * d + 3 * d * config.mlpHiddenSize();
    long numbers = 2 * d * config.vocabSize() + config.nLayers() * block + 2 * block;
    long needed = numbers * format.dtype().bytes();
    return needed <= FreeMemory.now().bytes() ? null : Long.valueOf(needed);
  }

  private LadderResult result(BenchModel model, int threads, List<Rung> rungs) {
    return new LadderResult(
        model.name,
        model.transformer.config().nLayers(),
        model.wholeLayers,
        device.name(),
        device.isCpu() ? ProcessorFeatures.name() : null,
        threads,
        model.layout.sequence().ids().length(),
        branches,
        settings.steps(),
        settings.repeats(),
        rungs,
        List.of(),
        Map.of(),
        List.of(),
        List.of());
  }

  private Rung reference(BenchModel model) {
    ImageSamplerSettings exact = model.presets.exact();
    return rung(
        "reference's passes and logits",
        model,
        exact,
        shortened(exact),
        new ReferencePasses(model.transformer)::run);
  }

  private Rung exact(BenchModel model) {
    ImageSamplerSettings exact = model.presets.exact();
    return rung("exact, " + model.format, model, exact, shortened(exact), ours(model));
  }

  private Rung cached(BenchModel model) {
    ImageSamplerSettings cached = model.presets.exact().withCache(CacheSettings.DEFAULT);
    return rung("cache, " + model.format, model, cached, shortened(cached), ours(model));
  }

  private Rung preset(BenchModel model, String name, ImageSamplerSettings preset) {
    return rung(name + ", " + model.format, model, preset, shortened(preset), ours(model));
  }

  private static Passes ours(BenchModel model) {
    ModelRunner runner = new ModelRunner(model.transformer, model.shortcut);
    return inputs -> runner.run(List.of(inputs)).getFirst();
  }

  /// The same in as few steps as are timed, with about the same share of full ones.
  private ImageSamplerSettings shortened(ImageSamplerSettings sampling) {
    int steps = Math.min(settings.steps(), sampling.timesteps());
    double share = sampling.fullSteps() / (double) sampling.timesteps();
    int full = sampling.fullSteps() == 0 ? 0 : (int) Math.max(1, Math.round(share * steps));
    return sampling.toBuilder().timesteps(steps).fullSteps(full).build();
  }

  /// @param sampling of a picture
  /// @param timed of the steps that are timed
  private Rung rung(
      String name,
      BenchModel model,
      ImageSamplerSettings sampling,
      ImageSamplerSettings timed,
      Passes passes) {
    listener.onPhase(name);
    PeakMemory.restart();
    new TimedSteps(model.layout, listener).run(timed, passes, WARM_UP_STEPS);
    TimedSteps steps = new TimedSteps(model.layout, listener);
    for (int repeat = 0; repeat < settings.repeats(); repeat++) {
      steps.run(timed, passes, timed.timesteps());
    }
    branches = Math.max(branches, steps.branches());
    Long peak = PeakMemory.bytes();
    double seconds = 0;
    for (Kind kind : Kind.values()) {
      double count = count(kind, sampling, steps);
      if (count > 0) {
        seconds += count * (steps.median(kind) + steps.branches() * missing(model, kind));
      }
    }
    return new Rung(name, model.format, sampling.timesteps(), seconds, peak);
  }

  /// How many of a picture's steps are of a kind.
  private static double count(Kind kind, ImageSamplerSettings sampling, TimedSteps steps) {
    int all = sampling.timesteps();
    int full = sampling.fullSteps();
    if (full == 0) {
      return all * steps.share(kind);
    }
    return switch (kind) {
      case FULL -> Math.min(full, all);
      case PARTIAL -> 0;
      case SHORTCUT -> Math.max(0, all - full);
    };
  }

  /// Seconds of the layers that a measured model lacks, for one sequence.
  private double missing(BenchModel model, Kind kind) {
    int lacks = model.wholeLayers - model.transformer.config().nLayers();
    if (lacks == 0 || kind == Kind.SHORTCUT) {
      return 0;
    }
    double layer =
        layers.computeIfAbsent(kind, _ -> kind == Kind.FULL ? layer(model) : cachedLayer(model));
    return lacks * layer;
  }

  private double layer(BenchModel model) {
    Transformer transformer = model.transformer;
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradient = new AutoGradMode(false)) {
      Tensor x = transformer.embed(ids(model).unsqueeze(0)); // [1, L, d]
      return median(() -> transformer.block(0, x, null));
    }
  }

  private double cachedLayer(BenchModel model) {
    Transformer transformer = model.transformer;
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradient = new AutoGradMode(false);
        KeyValueCache store = new KeyValueCache()) {
      Tensor ids = ids(model);
      transformer.hiddenAndStore(ids.unsqueeze(0), store, null);
      int length = (int) ids.size(0);
      int count = (int) Math.ceil((1 - CacheSettings.DEFAULT.cacheRatio()) * length);
      int[] few = IntStream.range(0, count).map(i -> (int) ((long) i * length / count)).toArray();
      Tensor rows = TensorArrays.int64(few, transformer.device());
      Tensor tokens = ids.index_select(0, rows).unsqueeze(0);
      return median(() -> transformer.hiddenFrom(store, tokens, rows, null))
          / transformer.config().nLayers();
    }
  }

  private static Tensor ids(BenchModel model) {
    return TensorArrays.int64(
        model.layout.sequence().ids().toArray(), model.transformer.device()); // [L]
  }

  private double median(Supplier<Tensor> work) {
    return new Timing(settings.repeats(), listener).seconds(List.of(work))[0];
  }

  /// The products of a block and of the head, as many rows as a sequence has.
  private void products(BenchModel model) {
    TransformerConfig config = model.transformer.config();
    long d = config.dModel();
    long hidden = config.mlpHiddenSize();
    long rows = model.layout.sequence().ids().length();
    Linears linears = model.linears;
    product(
        model,
        "query, key, value, out",
        rows,
        d,
        d,
        linears.get(TensorNames.query(0), d, d)::apply);
    product(model, "gate, up", rows, d, hidden, linears.get(TensorNames.gate(0), hidden, d)::apply);
    product(model, "down", rows, hidden, d, linears.get(TensorNames.down(0), d, hidden)::apply);
    long from = model.layout.special().codeOffset();
    long to = model.layout.vocabularySize();
    Transformer transformer = model.transformer;
    long codes = to - from;
    product(model, "head", model.layout.codes(), d, codes, x -> transformer.logits(x, from, to));
  }

  private void product(
      BenchModel model, String kind, long rows, long in, long out, UnaryOperator<Tensor> layer) {
    products.add(
        new ProductRate(model.format, kind, rows, in, out, seconds(rows, in, model, layer)));
  }

  private double seconds(long rows, long in, BenchModel model, UnaryOperator<Tensor> layer) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradient = new AutoGradMode(false)) {
      Tensor like = model.transformer.embed(ids(model).unsqueeze(0));
      Tensor x = torch.randn(1, rows, in).to(like.device(), like.scalar_type());
      return median(() -> layer.apply(x));
    }
  }

  /// The best rate of the model's own products in a format, in TFLOP/s.
  private double best(String format) {
    return products.stream()
        .filter(product -> product.format().equals(format))
        .mapToDouble(ProductRate::tflops)
        .max()
        .orElse(0);
  }

  /// The best rate of this format: of large square products, or of one of the model's own.
  private double ceiling(Format format, BenchModel model) {
    long width = Math.clamp(8L * model.transformer.config().dModel(), SMALLEST, LARGEST);
    double best = best(format.name());
    try (OwnedParts opened = new OwnedParts();
        PointerScope scope = new PointerScope()) {
      RandomWeights weights = opened.own(new RandomWeights(device, format.dtype()));
      WeightFormat few = format.weights();
      Linears linears = Linears.dense(weights);
      if (few != null) {
        linears =
            opened.own(
                QuantisedLinears.converting(
                    weights, few, format.dtype(), model.kernel, weights::free));
      }
      LinearLayer layer = linears.get(TensorNames.query(0), width, width);
      for (long rows : new long[] {width / 4, width}) {
        double seconds = seconds(rows, width, model, layer::apply);
        ProductRate rate = new ProductRate(format.name(), "large", rows, width, width, seconds);
        best = Math.max(best, rate.tflops());
      }
    }
    return best;
  }
}
