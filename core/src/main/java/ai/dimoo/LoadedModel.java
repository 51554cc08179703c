package ai.dimoo;

import ai.dimoo.ModelMemory.Work;
import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.adapter.Adapters;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.ModelRunner;
import ai.dimoo.diffusion.Sampler;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.image.Size;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.linear.Int8Kernel;
import ai.dimoo.linear.Linears;
import ai.dimoo.linear.QuantisedLinears;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.prompt.PromptEncoder;
import ai.dimoo.request.ModelIdentity;
import ai.dimoo.request.Request;
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
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The parts of an opened checkpoint, or of one with more adapters, which shares all but what those
/// add. Used on the engine's threads; made and closed while no other is at work.
final class LoadedModel implements AutoCloseable {

  /// Branches of guidance, each of which has a cache: with text, without it, without pictures.
  private static final int MOST_BRANCHES = 3;

  private final OwnedParts opened;
  private final Set<LoadedModel> adapted = new LinkedHashSet<>(); // those that share its parts
  private final @Nullable LoadedModel base; // whose parts it shares
  private boolean closed;
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
  final int sideBySide; // requests that are computed at the same time
  private final MemoryRoom room;
  private final TorchDevice device;
  private final Path directory;
  private final List<AdapterChoice> adapters; // from the first to the last that was put on top
  private final TransformerConfig config;
  private final Weights weights; // the transformer's but for its linear layers
  private final Linears linears; // with all adapters
  private final @Nullable ShortcutNetwork shortcut;

  /// @throws ai.dimoo.error.UserException if the checkpoint is not usable or the device not there
  static LoadedModel open(Path directory, ModelOptions options) {
    OwnedParts opened = new OwnedParts();
    try {
      return new LoadedModel(ModelOutline.of(directory, options, opened), options, opened);
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  /// @param opened the outline's parts, which are this model's from now on
  /// @throws ai.dimoo.error.UserException if the checkpoint is not usable
  LoadedModel(ModelOutline outline, ModelOptions options, OwnedParts opened) {
    base = null;
    this.opened = opened;
    directory = outline.checkpoint().directory();
    adapters = options.adapters();
    try {
      Checkpoint checkpoint = outline.checkpoint();
      config = outline.config();
      vocabulary = config.vocabSize();
      defaults = outline.defaults();
      knowledge = outline.knowledge();
      int factor = outline.vq().pixelsPerCode();
      sizes = new PictureSizes(knowledge, new Size(defaults.width(), defaults.height()), factor);
      notes = new RequestNotes(knowledge, sizes);
      inputs = new InputPictures(defaults.cropSide(), defaults.understandingSide(), factor);
      special = outline.special();
      prompts = outline.prompts();
      device = outline.device();
      threads = options.threadsFor(config.dModel());
      TorchRuntime.setThreads(threads); // holds for this thread
      sideBySide = device.isCpu() ? options.sideBySideFor(config.dModel()) : 1;
      Dtype dtype = outline.dtype();
      WeightFormat few = outline.few();
      plan = outline.plan();
      room = new MemoryRoom(plan, FreeMemory::now);
      Adapters changes = open(adapters);
      identity =
          ModelFingerprint.identify(
              directory,
              outline.fingerprint(),
              adapters,
              device,
              ModelOptions.formatName(dtype, few));
      Int8Kernel kernel = few == WeightFormat.INT8 ? Int8Kernel.fastest() : Int8Kernel.WIDENED;
      notice = few == WeightFormat.INT8 ? kernel.notice() : plan.notice();
      PlacedWeights placed = opened.own(new PlacedWeights(checkpoint.weights(), device, dtype));
      Weights stored = opened.own(new PlacedWeights(checkpoint.weights(), device, null));
      weights = Weights.once(weights(placed, stored));
      linears = Linears.once(changes.over(linears(checkpoint, placed, stored, kernel)));
      Transformer transformer = transformer();
      codec = new PictureCodec(opened.own(VqCodec.open(checkpoint, device)));
      shortcut = checkpoint.hasShortcut() ? shortcut(checkpoint) : null;
      sampler = new Sampler(new ModelRunner(transformer, shortcut), special);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /// The same with more adapters on top of those that it has.
  ///
  /// @throws ai.dimoo.error.UserException if one is missing, not usable or of another model
  LoadedModel(LoadedModel base, List<AdapterChoice> more) {
    this.base = base;
    opened = new OwnedParts();
    directory = base.directory;
    adapters = Stream.concat(base.adapters.stream(), more.stream()).toList();
    config = base.config;
    vocabulary = base.vocabulary;
    defaults = base.defaults;
    knowledge = base.knowledge;
    sizes = base.sizes;
    notes = base.notes;
    inputs = base.inputs;
    special = base.special;
    prompts = base.prompts;
    codec = base.codec;
    plan = base.plan;
    room = base.room;
    notice = base.notice;
    threads = base.threads;
    sideBySide = base.sideBySide;
    device = base.device;
    weights = base.weights;
    shortcut = base.shortcut;
    try {
      linears = open(more).over(base.linears);
      identity =
          ModelFingerprint.identify(
              directory, ModelFingerprint.of(directory), adapters, device, base.identity.dtype());
      sampler = new Sampler(new ModelRunner(transformer(), shortcut), special);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
    base.adapted.add(this);
  }

  private Adapters open(List<AdapterChoice> choices) {
    Adapters opening = opened.own(Adapters.open(choices, device, plan.dtype()));
    opening.require(TensorNames.linears(config.nLayers()));
    return opening;
  }

  private Transformer transformer() {
    return opened.own(
        new Transformer(config, weights, linears, Attention.fastestOn(device, plan.dtype())));
  }

  private ShortcutNetwork shortcut(Checkpoint checkpoint) {
    PlacedWeights own = opened.own(new PlacedWeights(checkpoint.shortcut(), device, plan.dtype()));
    Attention attention = Attention.fastestOn(device, plan.dtype());
    return opened.own(new ShortcutNetwork(config, own, attention));
  }

  /// Where the layers stay as they are stored or are held in few bits, the embedding stays too: its
  /// rows are converted as they are read. A head that is the embedding is a matrix to multiply
  /// with.
  private Weights weights(Weights placed, Weights stored) {
    boolean lookedUpOnly = (plan.widened() || plan.weights() != null) && !config.weightTying();
    return (name, shape) -> {
      boolean stays = lookedUpOnly && name.equals(TensorNames.EMBEDDING);
      return (stays ? stored : placed).get(name, shape);
    };
  }

  private Linears linears(
      Checkpoint checkpoint, Weights placed, Weights stored, Int8Kernel kernel) {
    WeightFormat few = plan.weights();
    if (few != null) {
      return opened.own(
          QuantisedLinears.of(
              checkpoint.weights(), plan.memory().stored(), few, plan.dtype(), kernel));
    }
    return plan.widened() ? Linears.widened(stored, plan.dtype()) : Linears.dense(placed);
  }

  /// What is to be said of a request before it is encoded, sentences for the user.
  List<String> notes(Request request) {
    return Stream.concat(inputs.notes(request).stream(), notes.of(request).stream()).toList();
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

  /// Takes the memory for a request beside those that are computed, and waits for it.
  ///
  /// @param cancelled asked while it waits
  /// @throws ai.dimoo.error.EnvironmentException if this machine has none for it
  /// @throws java.util.concurrent.CancellationException if it was cancelled while it waited
  MemoryRoom.Held hold(Work work, BooleanSupplier cancelled) {
    return device.isCpu() ? room.hold(work, cancelled) : MemoryRoom.Held.NOTHING;
  }

  /// Refuses what this machine has no memory for now.
  ///
  /// @throws ai.dimoo.error.EnvironmentException if it has none
  void requireMemory(Work work) {
    if (device.isCpu()) {
      plan.require(work, FreeMemory.now());
    }
  }

  /// @throws IllegalStateException if it is closed
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
  }

  /// Closes those that share its parts too.
  @Override
  public void close() {
    closed = true;
    List.copyOf(adapted).forEach(LoadedModel::close);
    if (base != null) {
      base.adapted.remove(this);
    }
    opened.close();
  }
}
