package ai.dimoo.train.bench;

import ai.dimoo.diffusion.SequenceInput;
import ai.dimoo.diffusion.SequenceOutput;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.transformer.Transformer;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A step's passes as the reference takes them: each branch by itself, and all logits of every
/// position, of which the sampler then takes the image codes of the masked ones. Layers are ours.
record ReferencePasses(Transformer transformer) {

  List<SequenceOutput> run(List<SequenceInput> inputs) {
    return inputs.stream().map(this::run).toList();
  }

  private SequenceOutput run(SequenceInput input) {
    Tensor ids = TensorArrays.int64(input.ids().toArray(), transformer.device()).unsqueeze(0);
    Tensor logits = transformer.logits(transformer.hidden(ids, null)).squeeze(0); // [L, vocabulary]
    long codes = input.columns().to() - input.columns().from();
    Tensor read = TensorArrays.int64(input.read(), transformer.device());
    return new SequenceOutput(
        logits.narrow(1, input.columns().from(), codes).index_select(0, read), torch.empty(0));
  }
}
