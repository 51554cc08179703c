package ai.dimoo.diffusion;

import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// The guidance of one picture: which other prompts its branches read, and how their logits are put
/// together. A picture from pictures has two, of which each lacks a condition.
record ImageGuidance(TokenSequence sequence, ImageSamplerSettings settings) {

  /// What stands before the answer in each guidance branch; only the branches that the scales need.
  List<TokenIds> prompts() {
    List<TokenIds> prompts = new ArrayList<>();
    if (settings.cfgScale() != 0) {
      prompts.add(sequence.withoutText());
    }
    if (hasPictures() && settings.cfgImage() != 0) {
      prompts.add(sequence.withoutPictures());
    }
    return prompts;
  }

  /// Guided logits.
  ///
  /// @param conditional [n, codebook]
  /// @param others those of the guidance branches, in the order of {@link #prompts}
  Tensor guide(Tensor conditional, List<Tensor> others) {
    if (others.isEmpty()) {
      return conditional;
    }
    return hasPictures()
        ? imageToImage(conditional, others)
        : Guidance.textToImage(conditional, others.getFirst(), settings.cfgScale());
  }

  private Tensor imageToImage(Tensor conditional, List<Tensor> others) {
    Tensor guided = conditional;
    int next = 0;
    if (settings.cfgScale() != 0) {
      guided = Guidance.addCondition(guided, conditional, others.get(next++), settings.cfgScale());
    }
    if (settings.cfgImage() != 0) {
      guided = Guidance.addCondition(guided, conditional, others.get(next), settings.cfgImage());
    }
    return guided;
  }

  private boolean hasPictures() {
    return !sequence.withoutPictures().isEmpty();
  }
}
