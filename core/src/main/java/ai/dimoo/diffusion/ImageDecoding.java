package ai.dimoo.diffusion;

import ai.dimoo.diffusion.Branch.Shared;
import ai.dimoo.sequence.ImageSpan;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.torch.TorchRandom;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// One picture as it forms, by MaskGIT's parallel decoding (reference
/// `generators/image_generation_generator.py` and `image_to_image_generator.py`): every step
/// predicts all masked tokens at once and keeps the most confident predictions, more with each
/// step, until none is masked.
public final class ImageDecoding implements Decoding {

  private final SpecialTokens special;
  private final ImageSpan picture;
  private final ImageGuidance guidance;
  private final ImageSamplerSettings settings;
  private final List<Branch> branches = new ArrayList<>(); // the conditional one first
  private final TorchRandom random;
  private final int maskedAtStart;
  private TokenIds tokens;
  private int step;

  /// Nothing is decoded yet.
  ///
  /// @param sequence whose answer is a picture
  public ImageDecoding(
      SpecialTokens special, TokenSequence sequence, ImageSamplerSettings settings) {
    this.special = special;
    this.picture = sequence.image();
    this.guidance = new ImageGuidance(sequence, settings);
    this.settings = settings;
    tokens = sequence.ids();
    maskedAtStart = masked().length;
    List<TokenIds> prompts = new ArrayList<>();
    prompts.add(tokens.slice(0, sequence.answerStart()));
    prompts.addAll(guidance.prompts());
    for (TokenIds prompt : prompts) {
      branches.add(
          new Branch(
              new Columns(special.codeOffset(), special.vocabularySize()),
              prompt,
              new Shared(sequence.answerStart(), tokens.length()),
              TokenIds.NONE,
              settings.cache(),
              settings.timesteps()));
    }
    random = new TorchRandom(settings.seed());
  }

  @Override
  public boolean finished() {
    return step >= settings.timesteps() || masked().length == 0;
  }

  @Override
  public List<SequenceInput> inputs() {
    int[] masked = masked();
    return branches.stream().map(branch -> branch.input(tokens, masked, step)).toList();
  }

  @Override
  public DecodingStep accept(List<SequenceOutput> outputs) {
    int[] masked = masked();
    Tensor guided = guided(masked, outputs); // [masked, codebook]
    int keepMasked = CosineSchedule.keepMasked(maskedAtStart, step, settings.timesteps());
    MaskGitStep choice = MaskGitStep.choose(guided, keepMasked, settings, random);
    int[] next = tokens.toArray();
    for (int i = 0; i < masked.length; i++) {
      if (!choice.remasked()[i]) {
        next[masked[i]] = special.token(choice.codes()[i]);
      }
    }
    tokens = TokenIds.of(next);
    step++;
    return new DecodingStep(step, settings.timesteps(), masked().length, tokens);
  }

  /// The guided logits of some positions over the image codes: [n, codebook]
  private Tensor guided(int[] positions, List<SequenceOutput> outputs) {
    List<Tensor> logits = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      Tensor own = branches.get(i).logits(positions, outputs.get(i));
      logits.add(settings.noise().precise(own));
    }
    return guidance.guide(logits.getFirst(), logits.subList(1, logits.size()));
  }

  private int[] masked() {
    return tokens.positionsOf(special.mask(), picture.start(), picture.end());
  }

  @Override
  public TokenIds tokens() {
    return tokens;
  }

  @Override
  public void close() {
    branches.forEach(Branch::close);
    random.close();
  }
}
