package ai.dimoo.train.bench;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.ImageDecoding;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.ModelRunner;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.torch.EngineThread;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.transformer.KeyValueCache;
import ai.dimoo.transformer.Transformer;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// Measures what text-to-image costs on this machine: whole denoising steps with and without the
/// max-logit cache, then the parts of a forward pass, ours and the reference's by turns.
///
/// May be called from any thread; each run opens the model for itself, on a thread of its own. Runs
/// at the same time would measure each other.
public final class Bench {

  private static final double NANOSECONDS = 1e9;

  /// Steps before those that are timed.
  private static final int WARM_UP_STEPS = 2;

  private final BenchModel model;
  private final BenchSettings settings;
  private final BenchListener listener;
  private final ModelRunner runner;

  private Bench(BenchModel model, BenchSettings settings, BenchListener listener) {
    this.model = model;
    this.settings = settings;
    this.listener = listener;
    runner = new ModelRunner(model.transformer);
  }

  /// Measures.
  ///
  /// @throws ai.dimoo.error.UserException if the subject is not usable
  /// @throws ai.dimoo.error.EnvironmentException if the machine cannot: no LibTorch, no memory
  public static BenchResult run(
      BenchSubject subject, BenchSettings settings, BenchListener listener) {
    try (EngineThread engine =
        new EngineThread("bench", Runtime.getRuntime().availableProcessors())) {
      return engine.call(() -> {
        TorchDevice device = TorchDevice.find(settings.model().device());
        listener.onPhase("weights");
        try (PointerScope scope = new PointerScope();
            BenchModel model = new BenchModel(subject, device, settings.model())) {
          int threads = settings.model().threadsFor(model.transformer.config().dModel());
          TorchRuntime.setThreads(threads); // of this thread
          return new Bench(model, settings, listener).measure(device, threads);
        }
      });
    }
  }

  private BenchResult measure(TorchDevice device, int threads) {
    listener.onPhase("steps without cache");
    StepTimes withoutCache = steps(null);
    listener.onPhase("steps with cache");
    StepTimes withCache = steps(CacheSettings.DEFAULT);
    listener.onPhase("layer, embedding and head");
    PartTimes parts = parts();
    PictureLayout layout = model.layout;
    return new BenchResult(
        model.name,
        model.transformer.config().nLayers(),
        model.wholeLayers,
        device.name(),
        model.format,
        model.notice(),
        model.attention.name().toLowerCase(Locale.ROOT),
        threads,
        layout.sequence().ids().length(),
        layout.codes(),
        layout.vocabularySize(),
        layout.codebookSize(),
        settings.steps(),
        settings.repeats(),
        withoutCache,
        withCache,
        parts);
  }

  private StepTimes steps(@Nullable CacheSettings cache) {
    PeakMemory.restart();
    run(cache, WARM_UP_STEPS);
    double[] seconds = new double[settings.repeats()];
    for (int repeat = 0; repeat < seconds.length; repeat++) {
      seconds[repeat] = run(cache, settings.steps());
    }
    double median = Timing.median(seconds);
    double tokens = PictureLayout.BRANCHES * model.layout.sequence().ids().length();
    return new StepTimes(median, tokens / median, PeakMemory.bytes());
  }

  /// Decodes one picture, and returns the mean seconds of its first steps.
  private double run(@Nullable CacheSettings cache, int most) {
    ImageSamplerSettings published = ImageSamplerSettings.TEXT_TO_IMAGE;
    ImageSamplerSettings sampling =
        new ImageSamplerSettings(
            settings.steps(),
            published.temperature(),
            published.cfgScale(),
            published.cfgImage(),
            published.noise(),
            published.remasking(),
            0,
            cache);
    PictureLayout layout = model.layout;
    try (PointerScope scope = new PointerScope();
        ImageDecoding decoding = new ImageDecoding(layout.special(), layout.sequence(), sampling)) {
      int steps = 0;
      long nanoseconds = 0;
      while (steps < most && !decoding.finished()) {
        listener.onWork();
        long start = System.nanoTime();
        step(decoding); // ends with the codes in Java, so a graphics card has finished too
        nanoseconds += System.nanoTime() - start;
        steps++;
      }
      return nanoseconds / NANOSECONDS / steps;
    }
  }

  private void step(ImageDecoding decoding) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradient = new AutoGradMode(false)) {
      decoding.accept(runner.run(List.of(decoding.inputs())).getFirst());
    }
  }

  private PartTimes parts() {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradient = new AutoGradMode(false);
        KeyValueCache store = new KeyValueCache()) {
      int[] tokens = model.layout.sequence().ids().toArray();
      Tensor ids = TensorArrays.int64(tokens, model.transformer.device()); // [L]
      Tensor masked = TensorArrays.int64(model.layout.codePositions(), model.transformer.device());
      Tensor few = TensorArrays.int64(recomputed(tokens.length), model.transformer.device());
      Tensor fewIds = ids.index_select(0, few);
      Tensor x = model.transformer.embed(ids.unsqueeze(0)); // [1, L, d]
      Tensor fewRows = x.index_select(1, few);

      Transformer transformer = model.transformer;
      transformer.hiddenAndStore(ids.unsqueeze(0), store, null);
      List<Supplier<Tensor>> works =
          List.of(
              () -> layers(model.transformer, x),
              () -> layers(model.otherwise, x),
              () -> {
                Tensor hidden = transformer.finish(transformer.embed(ids.unsqueeze(0)));
                return codeLogits(hidden.index_select(1, masked));
              },
              () -> transformer.logits(transformer.finish(transformer.embed(ids.unsqueeze(0)))),
              () -> transformer.hiddenFrom(store, fewIds.unsqueeze(0), few, null),
              () -> codeLogits(transformer.finish(fewRows)));
      double[] seconds = new Timing(settings.repeats(), listener).seconds(works);
      int layers = transformer.config().nLayers();
      return new PartTimes(
          seconds[0] / layers,
          seconds[1] / layers,
          seconds[2],
          seconds[3],
          seconds[4] / layers,
          seconds[5]);
    }
  }

  private static Tensor layers(Transformer transformer, Tensor x) {
    Tensor y = x;
    for (int layer = 0; layer < transformer.config().nLayers(); layer++) {
      y = transformer.block(layer, y, null);
    }
    return y;
  }

  /// [..., d] → [..., codebook]
  private Tensor codeLogits(Tensor hidden) {
    SpecialTokens special = model.layout.special();
    return model.transformer.logits(hidden, special.codeOffset(), special.vocabularySize());
  }

  /// As many positions as a cached step of the published settings computes, evenly spread.
  private static int[] recomputed(int length) {
    int count = (int) Math.ceil((1 - CacheSettings.DEFAULT.cacheRatio()) * length);
    return IntStream.range(0, count).map(i -> (int) ((long) i * length / count)).toArray();
  }
}
