package ai.dimoo.train.lora;

import ai.dimoo.adapter.LoraAdapter;
import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.linear.LinearLayer;
import ai.dimoo.linear.Linears;
import ai.dimoo.linear.LowRank;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.Weights;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// A frozen model with changes of low rank to every projection of its blocks.
///
/// @param placed the embedding and norms, in the number format to compute in
/// @param base the model's linear layers, through which gradients by their input go
/// @param adapter the changes' rank and scale
/// @param dtype to compute in
record LoraModel(
    TransformerConfig config, Weights placed, Linears base, LoraConfig adapter, Dtype dtype) {

  /// @param weights the changes
  /// @param dropout of the changes' inputs; null: they see all of them
  Transformer with(Weights weights, @Nullable InputDropout dropout) {
    Linears.Changes changes =
        (name, out, in) -> TensorNames.isInBlock(name) ? change(weights, name, out, in) : null;
    if (dropout == null) {
      return new Transformer(config, placed, Linears.changed(base, changes), Attention.EXPLICIT);
    }
    Linears dropping =
        (name, out, in) -> {
          LinearLayer layer = base.get(name, out, in);
          LowRank change = changes.get(name, out, in);
          return change == null ? layer : new DroppingLinear(layer, change, dropout, name);
        };
    return new Transformer(config, placed, dropping, Attention.EXPLICIT);
  }

  /// The model without the changes.
  Transformer unchanged() {
    return new Transformer(config, placed, base, Attention.EXPLICIT);
  }

  private LowRank change(Weights weights, String name, long out, long in) {
    LowRank change = LoraAdapter.change(weights, name, out, in, adapter.rank(), adapter.scale());
    ScalarType type = dtype.scalarType();
    return new LowRank(change.a().to(type), change.b().to(type), change.scale());
  }
}
