package ai.dimoo.diffusion;

import ai.dimoo.diffusion.Branch.Answer;
import ai.dimoo.diffusion.MaxLogitCache.Columns;
import ai.dimoo.torch.ResultScope;
import ai.dimoo.torch.TorchRandom;
import java.util.ArrayList;
import java.util.Arrays;
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

  private final Vocabulary vocabulary;
  private final ImagePrompt prompt;
  private final ImageSamplerSettings settings;
  private final MaskSchedule schedule = MaskSchedule.COSINE;
  private final List<Branch> branches = new ArrayList<>(); // the conditional one first
  private final TorchRandom random;
  private final int[] tokens;
  private final int maskedAtStart;
  private int step;

  /// Nothing is decoded yet.
  public ImageDecoding(
      MaskPredictor predictor,
      Vocabulary vocabulary,
      ImagePrompt prompt,
      ImageSamplerSettings settings) {
    this.vocabulary = vocabulary;
    this.prompt = prompt;
    this.settings = settings;
    tokens = prompt.tokens().clone();
    maskedAtStart = masked().length;
    Columns codes = new Columns(vocabulary.codeOffset(), vocabulary.codeEnd());
    List<int[]> prefixes = new ArrayList<>();
    prefixes.add(Arrays.copyOf(tokens, prompt.answerStart()));
    prefixes.addAll(prompt.guidancePrefixes(settings));
    for (int[] prefix : prefixes) {
      branches.add(
          new Branch(
              predictor,
              codes,
              prefix,
              new Answer(prompt.answerStart(), tokens.length),
              new int[0],
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
      for (int i = 0; i < masked.length; i++) {
        if (!choice.remasked()[i]) {
          tokens[masked[i]] = vocabulary.codeOffset() + choice.codes()[i];
        }
      }
    }
    step++;
    return new DecodingStep(
        step,
        settings.timesteps(),
        masked().length,
        tokens.clone(),
        branches.stream().map(Branch::computed).toList());
  }

  /// The guided logits of the masked positions over the image codes: [masked, codebook]
  private Tensor predict(int[] masked) {
    List<Tensor> logits =
        branches.stream()
            .map(branch ->
                ResultScope.of(() -> settings.noise().precise(branch.logits(tokens, masked, step))))
            .toList();
    return prompt.guide(logits.getFirst(), logits.subList(1, logits.size()), settings);
  }

  private int[] masked() {
    return vocabulary.maskedPositions(tokens, prompt.codeStart(), tokens.length);
  }

  /// The whole present sequence.
  public int[] tokens() {
    return tokens.clone();
  }

  @Override
  public void close() {
    branches.forEach(Branch::close);
    random.close();
  }
}
