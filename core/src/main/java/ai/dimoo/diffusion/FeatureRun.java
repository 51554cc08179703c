package ai.dimoo.diffusion;

import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/// One picture as the transformer decodes it, every step in full, told as pairs of neighbouring
/// steps: what a shortcut network learns from. Tokens are decided as in a run with shortcuts.
///
/// Not thread-safe. Owns the features of the last step: close it when the run ends.
public final class FeatureRun implements AutoCloseable {

  private final ModelRunner model;
  private final ImageDecoding decoding;
  private final int prompt; // tokens of the conditional sequence before its answer
  private List<Kept> kept = List.of(); // of the step before, one a branch

  /// A branch as a step left it.
  ///
  /// @param features [L, d] not of any scope
  private record Kept(TokenIds ids, Tensor features) {}

  /// Nothing is decoded yet.
  ///
  /// @param model stays the caller's
  /// @param sequence whose answer is a picture
  /// @param settings of the run; its cache and its shortcuts are left out
  public FeatureRun(
      ModelRunner model,
      SpecialTokens special,
      TokenSequence sequence,
      ImageSamplerSettings settings) {
    this.model = model;
    prompt = sequence.answerStart();
    ImageSamplerSettings full =
        settings.toBuilder().cache(null).fullSteps(settings.timesteps()).build();
    decoding = new ImageDecoding(special, sequence, full);
  }

  /// Whether every step is taken.
  public boolean finished() {
    return decoding.finished();
  }

  /// Takes the next step. Its tensors belong to the caller's `PointerScope`.
  ///
  /// @return a pair for each branch that the step before had too, the conditional one first: none
  ///   in the first step
  public List<FeaturePair> step() {
    try (AutoGradMode noGradient = new AutoGradMode(false)) {
      double maskRatio = decoding.maskRatio();
      List<SequenceInput> inputs = decoding.inputs();
      List<SequenceOutput> outputs = model.run(List.of(inputs)).getFirst();
      List<FeaturePair> pairs = new ArrayList<>();
      List<Kept> present = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        TokenIds ids = inputs.get(i).ids();
        Tensor after = features(inputs.get(i));
        if (i < kept.size()) {
          Kept last = kept.get(i);
          int[] news = ShortcutSteps.newPositions(ids, last.ids(), i == 0 ? prompt : 0);
          // another handle on the same numbers: the kept one is closed before the caller is done
          pairs.add(new FeaturePair(last.features().detach(), ids, news, maskRatio, after));
        }
        present.add(new Kept(ids, after.detach().retainReference()));
      }
      close(kept);
      kept = present;
      decoding.accept(outputs);
      return pairs;
    }
  }

  /// Takes steps of which nobody wants to know.
  ///
  /// @param steps how many; fewer where the run ends before
  public void skip(int steps) {
    for (int i = 0; i < steps && !finished(); i++) {
      try (PointerScope scope = new PointerScope()) {
        step();
      }
    }
  }

  /// [L, d]
  private static Tensor features(SequenceInput input) {
    if (input.computation() instanceof Computation.AllKept all) {
      return all.store().features().detach();
    }
    throw new IllegalStateException("a step of a full run was not computed in full");
  }

  private static void close(List<Kept> some) {
    some.forEach(one -> one.features().close());
  }

  @Override
  public void close() {
    close(kept);
    kept = List.of();
    decoding.close();
  }
}
