package ai.dimoo.diffusion;

import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Follows one model as it decodes a picture, and asks a second one, at every step, what it would
/// have decided in its place: about the same tokens, with the same random numbers.
///
/// Not thread-safe. Close it when the run ends.
public final class SecondOpinion implements DecodingListener, AutoCloseable {

  private static final double TINY = 1e-30;

  private final ModelRunner model;
  private final SpecialTokens special;
  private final ImageDecoding decoding;
  private TokenIds before;
  private TokenIds decided;
  private Agreement agreement = Agreement.NONE;

  /// @param model the second one
  /// @param sequence that the first one decodes
  /// @param settings of that run, which must compute every step in full: what it keeps for later
  ///   steps is the first model's
  public SecondOpinion(
      ModelRunner model,
      SpecialTokens special,
      TokenSequence sequence,
      ImageSamplerSettings settings) {
    if (settings.cache() != null || settings.fullSteps() > 0) {
      throw new IllegalArgumentException("a run with a cache or shortcuts cannot be asked about");
    }
    this.model = model;
    this.special = special;
    decoding = new ImageDecoding(special, sequence, settings);
    before = sequence.ids();
    decided = before;
  }

  @Override
  public void onOutputs(List<SequenceInput> inputs, List<SequenceOutput> outputs) {
    List<SequenceOutput> own = model.run(List.of(inputs)).getFirst();
    for (int i = 0; i < own.size(); i++) {
      agreement = agreement.plus(cosines(outputs.get(i).logits(), own.get(i).logits()));
    }
    before = decoding.tokens();
    decided = decoding.accept(own).tokens();
  }

  @Override
  public void onStep(DecodingStep step) {
    agreement = agreement.plus(decisions(before, step.tokens(), decided));
    decoding.goOnFrom(step.tokens());
  }

  /// Over the steps so far.
  public Agreement agreement() {
    return agreement;
  }

  /// @param first what the first model made of `before`
  /// @param second what the second would have made of it
  private Agreement decisions(TokenIds before, TokenIds first, TokenIds second) {
    int decisions = 0;
    int otherOrder = 0;
    int otherToken = 0;
    for (int i = 0; i < before.length(); i++) {
      if (before.at(i) == special.mask() && first.at(i) != special.mask()) {
        decisions++;
        if (second.at(i) == special.mask()) {
          otherOrder++;
        } else if (second.at(i) != first.at(i)) {
          otherToken++;
        }
      }
    }
    return new Agreement(decisions, otherOrder, otherToken, 0, 0, 1);
  }

  /// @param first [n, columns]
  /// @param second [n, columns]
  private static Agreement cosines(Tensor first, Tensor second) {
    if (first.size(0) == 0) {
      return Agreement.NONE;
    }
    Tensor a = centred(first);
    Tensor b = centred(second);
    Tensor products = a.mul(b).sum(-1); // [n]
    Tensor lengths =
        a.square().sum(-1).mul_(b.square().sum(-1)).sqrt_().clamp_min_(new Scalar(TINY));
    Tensor cosines = products.div_(lengths);
    return new Agreement(
        0,
        0,
        0,
        cosines.size(0),
        cosines.sum().item_double(),
        Math.min(1, cosines.min().item_double()));
  }

  private static Tensor centred(Tensor logits) {
    Tensor precise = logits.to(ScalarType.Double);
    return precise.sub(precise.mean(new long[] {-1}, true, null));
  }

  @Override
  public void close() {
    decoding.close();
  }
}
