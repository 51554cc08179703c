package ai.dimoo;

import ai.dimoo.ModelMemory.Work;
import ai.dimoo.adapter.Adapters;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.ModelRunner;
import ai.dimoo.diffusion.Sampler;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.image.Size;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.knowledge.KnowledgeFile;
import ai.dimoo.linear.Int8Kernel;
import ai.dimoo.linear.Linears;
import ai.dimoo.linear.QuantisedLinears;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.prompt.PromptEncoder;
import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.request.ModelIdentity;
import ai.dimoo.sequence.ImageSpan;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.torch.PlacedWeights;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.torch.Weights;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.ShortcutNetwork;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.VqCodec;
import ai.dimoo.vq.VqConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The parts of an opened checkpoint. Made, used and closed on the engine's thread.
final class LoadedModel implements AutoCloseable {

  /// Branches of guidance, each of which has a cache: with text, without it, without pictures.
  private static final int MOST_BRANCHES = 3;

  /// Tokens of a prompt with which it is tried whether the model fits.
  private static final int USUAL_PROMPT = 100;

  private final OwnedParts opened = new OwnedParts();
  final ModelIdentity identity;
  final ModelDefaults defaults;
  final Knowledge knowledge;
  final PictureSizes sizes;
  final RequestNotes notes;
  final InputPictures inputs;
  final SpecialTokens special;
  final PromptEncoder prompts;
  final Sampler sampler;
  final PictureCodec codec;
  final MemoryPlan plan;
  final @Nullable String notice;
  final long vocabulary;
  final int threads; // within one operation
  final int sideBySide; // pictures of a list that are made at the same time
  private final TorchDevice device;

  /// @throws ai.dimoo.error.UserException if the checkpoint is not usable or the device not there
  LoadedModel(Path directory, ModelOptions options) {
    try {
      Checkpoint checkpoint = opened.own(Checkpoint.open(directory));
      TransformerConfig config = TransformerConfig.of(checkpoint);
      VqConfig vq = VqConfig.of(checkpoint.vqConfig());
      vocabulary = config.vocabSize();
      defaults = ModelDefaults.of(checkpoint, vq.pixelsPerCode());
      knowledge = KnowledgeFile.read(checkpoint);
      sizes =
          new PictureSizes(
              knowledge, new Size(defaults.width(), defaults.height()), vq.pixelsPerCode());
      notes = new RequestNotes(knowledge, sizes);
      inputs =
          new InputPictures(defaults.cropSide(), defaults.understandingSide(), vq.pixelsPerCode());
      special = SpecialTokenReader.of(directory, config.vocabSize(), vq.codebookSize());
      TextTokenizer tokenizer = opened.own(TextTokenizer.open(checkpoint.tokenizer()));
      prompts = new PromptEncoder(tokenizer, special, defaults.maxPromptTokens());

      TorchRuntime.load();
      threads = options.threadsFor(config.dModel());
      TorchRuntime.setThreads(threads); // holds for this thread
      device = TorchDevice.find(options.device());
      sideBySide = device.isCpu() ? options.sideBySideFor(config.dModel()) : 1;
      Dtype dtype = options.dtypeOn(device);
      WeightFormat few = options.weightsOn(device, WeightFormat.stored(checkpoint.config()));
      plan = plan(ModelMemory.of(checkpoint, config, vq), dtype, few, vq.pixelsPerCode());
      Adapters adapters = opened.own(Adapters.open(options.adapters(), device, dtype));
      adapters.require(TensorNames.linears(config.nLayers()));
      identity =
          ModelFingerprint.identify(
              checkpoint, options.adapters(), device, ModelOptions.formatName(dtype, few));
      Int8Kernel kernel = few == WeightFormat.INT8 ? Int8Kernel.fastest() : Int8Kernel.WIDENED;
      notice = few == WeightFormat.INT8 ? kernel.notice() : plan.notice();
      PlacedWeights weights = opened.own(new PlacedWeights(checkpoint.weights(), device, dtype));
      Transformer transformer =
          opened.own(transformer(config, checkpoint, weights, kernel, adapters));
      codec = new PictureCodec(opened.own(VqCodec.open(checkpoint, device)));
      ShortcutNetwork shortcut = null;
      if (checkpoint.hasShortcut()) {
        PlacedWeights own = opened.own(new PlacedWeights(checkpoint.shortcut(), device, dtype));
        shortcut = opened.own(new ShortcutNetwork(config, own, Attention.fastestOn(device, dtype)));
      }
      sampler = new Sampler(new ModelRunner(transformer, shortcut), special);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /// Where the plan says so, linear layers and the embedding, whose rows are converted as they are
  /// read, stay as they are stored, or the layers are held in few bits.
  private Transformer transformer(
      TransformerConfig config,
      Checkpoint checkpoint,
      PlacedWeights placed,
      Int8Kernel kernel,
      Adapters adapters) {
    Attention attention = Attention.fastestOn(device, plan.dtype());
    WeightFormat few = plan.weights();
    if (!plan.widened() && few == null) {
      return new Transformer(config, placed, adapters.over(Linears.dense(placed)), attention);
    }
    Weights stored = opened.own(new PlacedWeights(checkpoint.weights(), device, null));
    // a head that is the embedding is a matrix to multiply with
    boolean lookedUpOnly = !config.weightTying();
    return new Transformer(
        config,
        (name, shape) -> {
          boolean stays = lookedUpOnly && name.equals(TensorNames.EMBEDDING);
          return (stays ? stored : placed).get(name, shape);
        },
        adapters.over(
            few == null
                ? Linears.widened(stored, plan.dtype())
                : opened.own(
                    QuantisedLinears.of(
                        checkpoint.weights(), plan.memory().stored(), few, plan.dtype(), kernel))),
        attention);
  }

  /// A graphics card has memory of its own, of which LibTorch itself says when it is short.
  private MemoryPlan plan(ModelMemory memory, Dtype dtype, @Nullable WeightFormat few, int factor) {
    if (!device.isCpu()) {
      return new MemoryPlan(memory, dtype, few, false, null);
    }
    Size size = new Size(defaults.width(), defaults.height());
    long codes = (long) (size.width() / factor) * (size.height() / factor);
    Work usual = Work.picture(codes, USUAL_PROMPT, special.codebookSize(), 0, size);
    return MemoryPlan.choose(memory, dtype, few, usual, FreeMemory.now());
  }

  /// What a picture takes.
  Work work(TokenSequence sequence, ImageSamplerSettings settings) {
    ImageSpan image = sequence.image();
    long codes = (long) image.rows() * image.columns();
    long factor = codec.factor();
    int stored = settings.cache() == null ? 0 : MOST_BRANCHES;
    return new Work(
        sequence.ids().length(), codes, special.codebookSize(), stored, codes * factor * factor);
  }

  /// What an answer takes.
  Work work(TokenSequence sequence, TextSamplerSettings settings) {
    boolean stores = settings.blockCache() || settings.cache() != null;
    int stored = stores ? MOST_BRANCHES : 0;
    return new Work(sequence.ids().length(), settings.blockLength(), vocabulary, stored, 0);
  }

  /// Whether this machine has memory now for so many of these at once.
  boolean hasMemory(Work work, int times) {
    return !device.isCpu() || plan.fits(work, times, FreeMemory.now());
  }

  /// Refuses what this machine has no memory for now.
  ///
  /// @throws ai.dimoo.error.EnvironmentException if it has none
  void requireMemory(Work work) {
    if (device.isCpu()) {
      plan.require(work, FreeMemory.now());
    }
  }

  @Override
  public void close() {
    opened.close();
  }
}
