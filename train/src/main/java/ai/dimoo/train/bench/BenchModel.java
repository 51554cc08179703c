package ai.dimoo.train.bench;

import ai.dimoo.ModelDefaults;
import ai.dimoo.ModelOptions;
import ai.dimoo.adapter.Adapters;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.ConfigFile;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.error.UserException;
import ai.dimoo.linear.Int8Kernel;
import ai.dimoo.linear.LinearLayer;
import ai.dimoo.linear.Linears;
import ai.dimoo.linear.QuantisedLinears;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.Speed;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.torch.PlacedWeights;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.Weights;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.ShortcutNetwork;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.VqConfig;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// The transformer that is measured, twice over the same weights: as this program computes it on
/// this machine, and with the other way to compute attention. Used and closed on one thread.
final class BenchModel implements AutoCloseable {

  /// A sentence of a dozen words in its template.
  private static final int PROMPT_TOKENS = 24;

  /// Pixels of the picture where a checkpoint does not say.
  private static final int SIDE = 512;

  private final OwnedParts opened = new OwnedParts();
  private @Nullable String notice;
  Int8Kernel kernel = Int8Kernel.WIDENED; // of INT8
  final String name;
  final int wholeLayers;
  final PictureLayout layout;
  final Attention attention;
  final String format;
  final Transformer transformer;
  final Transformer otherwise;
  final Linears linears;
  final @Nullable ShortcutNetwork shortcut; // of random weights, where the subject's are
  final Presets presets;

  /// How pictures are sampled.
  ///
  /// @param exact the usual settings
  record Presets(
      ImageSamplerSettings exact, ImageSamplerSettings balanced, ImageSamplerSettings fast) {

    /// As the published model samples.
    static final Presets PUBLISHED =
        new Presets(
            ImageSamplerSettings.TEXT_TO_IMAGE,
            ImageSamplerSettings.TEXT_TO_IMAGE.toBuilder().fullSteps(14).build(),
            ImageSamplerSettings.TEXT_TO_IMAGE.toBuilder().fullSteps(9).build());

    static Presets of(ModelDefaults defaults) {
      return new Presets(
          defaults.textToImage(Sampling.DEFAULT.withSeed(0L)),
          defaults.textToImage(Sampling.DEFAULT.withSeed(0L).withSpeed(Speed.BALANCED)),
          defaults.textToImage(Sampling.DEFAULT.withSeed(0L).withSpeed(Speed.FAST)));
    }
  }

  private record Source(
      String name,
      TransformerConfig config,
      int wholeLayers,
      PictureLayout layout,
      Weights weights,
      Linears linears,
      @Nullable WeightFormat few,
      @Nullable Weights shortcut,
      Presets presets) {}

  /// @throws UserException if the subject is not usable or does not go with the options
  BenchModel(BenchSubject subject, TorchDevice device, ModelOptions options) {
    try {
      Dtype dtype = options.dtypeOn(device);
      Source source =
          switch (subject) {
            case BenchSubject.Saved saved -> source(saved, device, dtype, options);
            case BenchSubject.Random random -> source(random, device, dtype, options);
          };
      name = source.name();
      wholeLayers = source.wholeLayers();
      layout = source.layout();
      format = ModelOptions.formatName(dtype, source.few());
      Weights weights = remembered(source.weights());
      linears = remembered(source.linears());
      presets = source.presets();
      attention = Attention.fastestOn(device, dtype);
      transformer = opened.own(new Transformer(source.config(), weights, linears, attention));
      otherwise = opened.own(new Transformer(source.config(), weights, linears, attention.other()));
      shortcut =
          source.shortcut() == null
              ? null
              : opened.own(new ShortcutNetwork(source.config(), source.shortcut(), attention));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Source source(
      BenchSubject.Saved saved, TorchDevice device, Dtype dtype, ModelOptions options) {
    Checkpoint checkpoint = opened.own(Checkpoint.open(saved.directory()));
    TransformerConfig config = TransformerConfig.of(checkpoint);
    VqConfig vq = VqConfig.of(checkpoint.vqConfig());
    int factor = vq.pixelsPerCode();
    ConfigFile own = checkpoint.generationConfig();
    int width = own.read(fields -> fields.whole("width", SIDE));
    int height = own.read(fields -> fields.whole("height", SIDE));
    PictureLayout layout =
        new PictureLayout(
            PROMPT_TOKENS,
            tokens("height", saved.height(), height, factor),
            tokens("width", saved.width(), width, factor),
            config.vocabSize(),
            vq.codebookSize());
    WeightFormat stored = WeightFormat.stored(checkpoint.config());
    WeightFormat few = options.weightsOn(device, stored);
    Weights weights = opened.own(new PlacedWeights(checkpoint.weights(), device, dtype));
    Linears linears =
        few == null
            ? Linears.dense(weights)
            : opened.own(
                QuantisedLinears.of(checkpoint.weights(), stored, few, dtype, kernel(few)));
    Adapters adapters = opened.own(Adapters.open(options.adapters(), device, dtype));
    adapters.require(TensorNames.linears(config.nLayers()));
    String name = saved.directory() + Adapters.suffix(options.adapters());
    Weights shortcut =
        checkpoint.hasShortcut()
            ? opened.own(new PlacedWeights(checkpoint.shortcut(), device, dtype))
            : null;
    return new Source(
        name,
        config,
        config.nLayers(),
        layout,
        weights,
        adapters.over(linears),
        few,
        shortcut,
        Presets.of(ModelDefaults.of(checkpoint, factor)));
  }

  private Source source(
      BenchSubject.Random random, TorchDevice device, Dtype dtype, ModelOptions options) {
    Shape shape = random.shape();
    TransformerConfig config = shape.config(random.layers());
    WeightFormat few = options.weightsOn(device, null);
    RandomWeights weights = opened.own(new RandomWeights(device, dtype));
    Linears linears =
        few == null
            ? Linears.dense(weights)
            : opened.own(
                QuantisedLinears.converting(weights, few, dtype, kernel(few), weights::free));
    return new Source(
        shape + " (random weights)",
        config,
        shape.config().nLayers(),
        shape.layout(),
        weights,
        linears,
        few,
        weights,
        Presets.PUBLISHED);
  }

  /// As an opened model has it.
  private Int8Kernel kernel(WeightFormat few) {
    if (few != WeightFormat.INT8) {
      return Int8Kernel.WIDENED;
    }
    kernel = Int8Kernel.fastest();
    notice = kernel.notice();
    return kernel;
  }

  private static int tokens(String side, @Nullable Integer wanted, int own, int factor) {
    int pixels = wanted == null ? own : wanted;
    if (pixels < factor || pixels % factor != 0) {
      throw new UserException(
          "The %s is %d, expected a multiple of %d.".formatted(side, pixels, factor));
    }
    return pixels / factor;
  }

  /// Gives every tensor once, so that two models share one copy.
  private static Weights remembered(Weights weights) {
    Map<String, Tensor> known = new HashMap<>();
    return (name, shape) -> known.computeIfAbsent(name, n -> weights.get(n, shape));
  }

  private static Linears remembered(Linears linears) {
    Map<String, LinearLayer> known = new HashMap<>();
    return (name, out, in) -> known.computeIfAbsent(name, n -> linears.get(n, out, in));
  }

  /// For people, where the processor is slow in this format; null: there is nothing to say.
  @Nullable String notice() {
    return notice;
  }

  @Override
  public void close() {
    opened.close();
  }
}
