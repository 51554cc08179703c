package ai.dimoo.train.bench;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.ConfigFile;
import ai.dimoo.error.UserException;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.torch.PlacedWeights;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.Weights;
import ai.dimoo.transformer.Attention;
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
  final String name;
  final int wholeLayers;
  final PictureLayout layout;
  final Attention attention;
  final Transformer transformer;
  final Transformer otherwise;

  private record Source(
      String name,
      TransformerConfig config,
      int wholeLayers,
      PictureLayout layout,
      Weights weights) {}

  BenchModel(BenchSubject subject, TorchDevice device, Dtype dtype) {
    try {
      Source source =
          switch (subject) {
            case BenchSubject.Saved saved -> source(saved, device, dtype);
            case BenchSubject.Random random -> source(random, device, dtype);
          };
      name = source.name();
      wholeLayers = source.wholeLayers();
      layout = source.layout();
      Weights weights = remembered(source.weights());
      attention = Attention.fastestOn(device, dtype);
      transformer = opened.own(new Transformer(source.config(), weights, attention));
      otherwise = opened.own(new Transformer(source.config(), weights, attention.other()));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Source source(BenchSubject.Saved saved, TorchDevice device, Dtype dtype) {
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
    Weights weights = opened.own(new PlacedWeights(checkpoint.weights(), device, dtype));
    String name = saved.directory().toString();
    return new Source(name, config, config.nLayers(), layout, weights);
  }

  private Source source(BenchSubject.Random random, TorchDevice device, Dtype dtype) {
    Shape shape = random.shape();
    TransformerConfig config = shape.config(random.layers());
    Weights weights = opened.own(new RandomWeights(device, dtype));
    return new Source(
        shape + " (random weights)", config, shape.config().nLayers(), shape.layout(), weights);
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

  @Override
  public void close() {
    opened.close();
  }
}
