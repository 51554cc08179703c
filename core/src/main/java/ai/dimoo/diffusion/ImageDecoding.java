package ai.dimoo.diffusion;

import ai.dimoo.diffusion.Branch.Shared;
import ai.dimoo.diffusion.MaxLogitCache.Columns;
import ai.dimoo.sequence.ImageSpan;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.torch.ResultScope;
import ai.dimoo.torch.TorchRandom;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/// One picture as it forms: its tokens, its random numbers and its branches. The loop lies with the
/// caller, so that several pictures may be decoded step by step together; see {@link ImageSampler}
/// for the plain loop.
///
/// Not thread-safe. Close it when the run ends.
public final class ImageDecoding implements AutoCloseable {

  private final SpecialTokens special;
  private final ImageSpan picture;
  private final ImageGuidance guidance;
  private final ImageSamplerSettings settings;
  private final MaskSchedule schedule = MaskSchedule.COSINE;
  private final List<Branch> branches = new ArrayList<>(); // the conditional one first
  private final TorchRandom random;
  private TokenIds tokens;
  private final int maskedAtStart;
  private int step;

  /// Nothing is decoded yet.
  public ImageDecoding(
      MaskPredictor predictor,
      SpecialTokens special,
      TokenSequence sequence,
      ImageSamplerSettings settings) {
    this.special = special;
    this.picture = sequence.image();
    this.guidance = new ImageGuidance(sequence, settings);
    this.settings = settings;
    tokens = sequence.ids();
    maskedAtStart = masked().length;
    Columns codes = new Columns(special.codeOffset(), special.vocabularySize());
    List<TokenIds> prompts = new ArrayList<>();
    prompts.add(tokens.slice(0, sequence.answerStart()));
    prompts.addAll(guidance.prompts());
    for (TokenIds prompt : prompts) {
      branches.add(
          new Branch(
              predictor,
              codes,
              prompt,
              new Shared(sequence.answerStart(), tokens.length()),
              TokenIds.NONE,
              settings.cache(),
              settings.timesteps()));
    }
    random = new TorchRandom(settings.seed());
  }

  /// Whether every token is decided.
  public boolean finished() {
    return step >= settings.timesteps() || masked().length == 0;
  }

  /// Takes one step: predict the masked tokens, keep the most confident predictions.
  public DecodingStep advance() {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradient = new AutoGradMode(false)) {
      int[] masked = masked();
      Tensor guided = predict(masked); // [masked, codebook]
      int keepMasked = schedule.keepMasked(maskedAtStart, step, settings.timesteps());
      MaskGitStep choice = MaskGitStep.choose(guided, keepMasked, settings, random);
      int[] next = tokens.toArray();
      for (int i = 0; i < masked.length; i++) {
        if (!choice.remasked()[i]) {
          next[masked[i]] = special.token(choice.codes()[i]);
        }
      }
      tokens = TokenIds.of(next);
    }
    step++;
    return new DecodingStep(
        step,
        settings.timesteps(),
        masked().length,
        tokens,
        branches.stream().map(Branch::computed).toList());
  }

  /// The guided logits of the masked positions over the image codes: [masked, codebook]
  private Tensor predict(int[] masked) {
    List<Tensor> logits =
        branches.stream()
            .map(branch ->
                ResultScope.of(() -> settings.noise().precise(branch.logits(tokens, masked, step))))
            .toList();
    return guidance.guide(logits.getFirst(), logits.subList(1, logits.size()));
  }

  private int[] masked() {
    return tokens.positionsOf(special.mask(), picture.start(), picture.end());
  }

  /// The whole present sequence.
  public TokenIds tokens() {
    return tokens;
  }

  @Override
  public void close() {
    branches.forEach(Branch::close);
    random.close();
  }
}
