package ai.dimoo;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.diffusion.ModelRunner;
import ai.dimoo.diffusion.Sampler;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.knowledge.KnowledgeFile;
import ai.dimoo.prompt.PromptEncoder;
import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.request.ModelIdentity;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.torch.PlacedWeights;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.VqCodec;
import ai.dimoo.vq.VqConfig;
import java.nio.file.Path;

/// The parts of an opened checkpoint. Made, used and closed on the engine's thread.
final class LoadedModel implements AutoCloseable {

  private final OwnedParts opened = new OwnedParts();
  final ModelIdentity identity;
  final ModelDefaults defaults;
  final Knowledge knowledge;
  final SpecialTokens special;
  final PromptEncoder prompts;
  final Sampler sampler;
  final PictureCodec codec;

  /// @throws ai.dimoo.error.UserException if the checkpoint is not usable or the device not there
  LoadedModel(Path directory, ModelOptions options) {
    try {
      Checkpoint checkpoint = opened.own(Checkpoint.open(directory));
      TransformerConfig config = TransformerConfig.of(checkpoint);
      VqConfig vq = VqConfig.of(checkpoint.vqConfig());
      defaults = ModelDefaults.of(checkpoint, vq.pixelsPerCode());
      knowledge = KnowledgeFile.read(directory);
      special = SpecialTokenReader.of(directory, config.vocabSize(), vq.codebookSize());
      TextTokenizer tokenizer = opened.own(TextTokenizer.open(checkpoint.tokenizer()));
      prompts = new PromptEncoder(tokenizer, special, defaults.maxPromptTokens());

      TorchRuntime.load();
      TorchRuntime.setThreads(options.threadsFor(config.dModel())); // holds for this thread
      TorchDevice device = TorchDevice.find(options.device());
      Dtype dtype = options.dtypeOn(device);
      identity = ModelFingerprint.identify(checkpoint, device, dtype);
      PlacedWeights weights = opened.own(new PlacedWeights(checkpoint.weights(), device, dtype));
      Transformer transformer =
          opened.own(new Transformer(config, weights, Attention.fastestOn(device, dtype)));
      codec = new PictureCodec(opened.own(VqCodec.open(checkpoint, device)));
      sampler = new Sampler(new ModelRunner(transformer), special);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    opened.close();
  }
}
