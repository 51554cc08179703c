package ai.dimoo.diffusion;

import ai.dimoo.sequence.TokenIds;
import java.util.List;

/// One picture or answer as it forms: its tokens, its random numbers, what is kept of earlier
/// steps. It never calls the model: it says what it needs computed and is given the logits, so that
/// several can be decoded together. {@link Sampler} has the loop.
///
/// Call its methods within a `PointerScope` and without gradients. Not thread-safe. Close it when
/// the run ends.
public sealed interface Decoding extends AutoCloseable permits ImageDecoding, TextDecoding {

  /// Whether every token is decided, or as many steps are taken as there are.
  boolean finished();

  /// What the next step needs computed: one sequence for each branch of guidance, the conditional
  /// one first. None where the step has nothing to decide.
  List<SequenceInput> inputs();

  /// Takes the step: decides tokens by what was computed.
  ///
  /// @param outputs one for each of {@link #inputs}, in their order
  DecodingStep accept(List<SequenceOutput> outputs);

  /// The whole present sequence.
  TokenIds tokens();

  @Override
  void close();
}
