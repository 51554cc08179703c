package ai.dimoo;

import ai.dimoo.ModelMemory.Work;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.image.Size;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.knowledge.KnowledgeFile;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.prompt.PromptEncoder;
import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.VqConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What is known of a checkpoint, and of how this machine is going to compute it, before its
/// weights are read.
///
/// @param fingerprint of its files
/// @param few in how few bits the matrices of its blocks are held; null: as they are stored
record ModelOutline(
    Checkpoint checkpoint,
    String fingerprint,
    TransformerConfig config,
    VqConfig vq,
    ModelDefaults defaults,
    Knowledge knowledge,
    SpecialTokens special,
    PromptEncoder prompts,
    TorchDevice device,
    Dtype dtype,
    @Nullable WeightFormat few,
    MemoryPlan plan) {

  /// Tokens of a prompt with which it is tried whether the model fits.
  private static final int USUAL_PROMPT = 100;

  /// Reads all but the weights.
  ///
  /// @param opened takes over what is to be closed
  /// @throws ai.dimoo.error.UserException if the checkpoint is not usable or the device not there
  /// @throws ai.dimoo.error.EnvironmentException if the machine cannot: no LibTorch, no memory
  static ModelOutline of(Path directory, ModelOptions options, OwnedParts opened) {
    Checkpoint checkpoint = opened.own(Checkpoint.open(directory));
    TransformerConfig config = TransformerConfig.of(checkpoint);
    VqConfig vq = VqConfig.of(checkpoint.vqConfig());
    ModelDefaults defaults = ModelDefaults.of(checkpoint, vq.pixelsPerCode());
    Knowledge knowledge = KnowledgeFile.read(checkpoint);
    SpecialTokens special = SpecialTokenReader.of(directory, config.vocabSize(), vq.codebookSize());
    TextTokenizer tokenizer = opened.own(TextTokenizer.open(checkpoint.tokenizer()));
    String fingerprint = ModelFingerprint.of(directory);

    TorchRuntime.load(); // what is above needs none of it, and is read while it loads
    TorchDevice device = TorchDevice.find(options.device());
    Dtype dtype = options.dtypeOn(device);
    WeightFormat few = options.weightsOn(device, WeightFormat.stored(checkpoint.config()));
    ModelMemory memory = ModelMemory.of(checkpoint, config, vq);
    return new ModelOutline(
        checkpoint,
        fingerprint,
        config,
        vq,
        defaults,
        knowledge,
        special,
        new PromptEncoder(tokenizer, special, defaults.maxPromptTokens()),
        device,
        dtype,
        few,
        // a graphics card has memory of its own, of which LibTorch itself says when it is short
        device.isCpu()
            ? MemoryPlan.choose(memory, dtype, few, usual(defaults, vq), FreeMemory.now())
            : new MemoryPlan(memory, dtype, few, false, null));
  }

  private static Work usual(ModelDefaults defaults, VqConfig vq) {
    Size size = new Size(defaults.width(), defaults.height());
    int factor = vq.pixelsPerCode();
    long codes = (long) (size.width() / factor) * (size.height() / factor);
    return Work.picture(codes, USUAL_PROMPT, vq.codebookSize(), 0, size);
  }
}
