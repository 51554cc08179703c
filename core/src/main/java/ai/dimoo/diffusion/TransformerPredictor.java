package ai.dimoo.diffusion;

import ai.dimoo.torch.TorchDevice;
import ai.dimoo.transformer.KeyValueCache;
import ai.dimoo.transformer.Transformer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/// LLaDA's transformer as a mask predictor. The caller keeps and closes the transformer.
public record TransformerPredictor(Transformer transformer, Device device)
    implements MaskPredictor {

  /// @param device where the transformer's weights lie
  public TransformerPredictor(Transformer transformer, TorchDevice device) {
    this(transformer, device.toDevice());
  }

  @Override
  public Tensor hidden(Tensor ids) {
    return transformer.hidden(ids.unsqueeze(0), null).squeeze(0);
  }

  @Override
  public Tensor logits(Tensor hidden, long from, long to) {
    return transformer.logits(hidden, from, to);
  }

  @Override
  public int vocabularySize() {
    return transformer.config().vocabSize();
  }

  @Override
  public StoredSequence newStore() {
    KeyValueCache cache = new KeyValueCache(transformer.config());
    return new StoredSequence() {
      @Override
      public Tensor hidden(Tensor ids) {
        return transformer.hiddenAndStore(ids.unsqueeze(0), cache).squeeze(0);
      }

      @Override
      public Tensor hiddenAt(Tensor ids, Tensor positions) {
        return transformer.hiddenFrom(cache, ids.unsqueeze(0), positions).squeeze(0);
      }

      @Override
      public void close() {
        cache.close();
      }
    };
  }
}
