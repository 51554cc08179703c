package ai.dimoo.diffusion;

import org.bytedeco.pytorch.Tensor;

/// What was computed of one sequence. The tensors belong to the `PointerScope` round the model
/// call.
///
/// @param logits [read, columns]
/// @param largest `[rated]` float32
public record SequenceOutput(Tensor logits, Tensor largest) {}
