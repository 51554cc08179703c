package ai.dimoo.diffusion;

import ai.dimoo.diffusion.Branch.Answer;
import ai.dimoo.diffusion.MaxLogitCache.Columns;
import ai.dimoo.error.UserException;
import ai.dimoo.torch.ResultScope;
import ai.dimoo.torch.TorchRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/// One answer as it forms: its tokens, its random numbers and its branches. Not thread-safe; close
/// it when the run ends.
final class TextDecoding implements AutoCloseable {

  private final Vocabulary vocabulary;
  private final TextSamplerSettings settings;
  private final int vocabularySize;
  private final List<Branch> branches = new ArrayList<>(); // the conditional one first
  private final TorchRandom random;
  private final int[] tokens;
  private final Answer answer;
  private int step;
  private int maskedAtBlockStart;

  TextDecoding(
      MaskPredictor predictor,
      Vocabulary vocabulary,
      TextPrompt prompt,
      TextSamplerSettings settings) {
    this.vocabulary = vocabulary;
    this.settings = settings;
    vocabularySize = predictor.vocabularySize();
    tokens = prompt.tokens().clone();
    if (prompt.answerStart() + settings.genLength() > tokens.length) {
      throw new UserException(
          "The generation length %d does not fit the sequence, which has room for %d answer tokens."
              .formatted(settings.genLength(), tokens.length - prompt.answerStart()));
    }
    answer = new Answer(prompt.answerStart(), prompt.answerStart() + settings.genLength());
    int[] prefix = Arrays.copyOf(tokens, answer.begin());
    int[] suffix = Arrays.copyOfRange(tokens, answer.end(), tokens.length);
    branches.add(branch(predictor, prefix, suffix));
    if (settings.cfgScale() != 0) {
      // the reference masks all that was not masked at the start, behind the answer too
      branches.add(branch(predictor, masks(prefix.length), masks(suffix.length)));
    }
    random = new TorchRandom(settings.seed());
  }

  private Branch branch(MaskPredictor predictor, int[] prefix, int[] suffix) {
    Columns wholeVocabulary = new Columns(0, predictor.vocabularySize());
    return new Branch(
        predictor, wholeVocabulary, prefix, answer, suffix, settings.cache(), settings.steps());
  }

  private int[] masks(int count) {
    int[] masks = new int[count];
    Arrays.fill(masks, vocabulary.mask());
    return masks;
  }

  /// Whether there is nothing left to do.
  boolean finished() {
    return step >= settings.steps() || (settings.stopAtAnswerEnd() && settled());
  }

  /// Whether every token up to `</answer>` is decided, or all are.
  private boolean settled() {
    for (int i = answer.begin(); i < answer.end(); i++) {
      if (tokens[i] == vocabulary.mask() || tokens[i] == vocabulary.answerEnd()) {
        return tokens[i] == vocabulary.answerEnd();
      }
    }
    return true;
  }

  /// Takes one step in the present block: predict its masked tokens, keep the most confident
  /// predictions.
  DecodingStep advance() {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradient = new AutoGradMode(false)) {
      int[] masked = vocabulary.maskedPositions(tokens, answer.begin(), blockEnd());
      int stepInBlock = step % settings.stepsPerBlock();
      if (stepInBlock == 0) {
        maskedAtBlockStart = masked.length;
      }
      int keep = share(maskedAtBlockStart, stepInBlock, settings.stepsPerBlock());
      if (masked.length == 0) { // more steps than tokens
        TextStep.pass(tokens.length, vocabularySize, settings, random);
      } else {
        TextStep choice =
            TextStep.choose(predict(masked), masked, tokens.length, keep, settings, random);
        for (int position : choice.kept()) {
          tokens[position] = choice.predicted()[Arrays.binarySearch(masked, position)];
        }
      }
    }
    step++;
    return new DecodingStep(
        step,
        settings.steps(),
        vocabulary.maskedPositions(tokens, answer.begin(), answer.end()).length,
        tokens.clone(),
        branches.stream().map(Branch::computed).toList());
  }

  /// The guided logits of the masked positions: [masked, vocabulary]
  private Tensor predict(int[] masked) {
    Tensor conditional = logits(branches.getFirst(), masked);
    if (branches.size() == 1) {
      return conditional;
    }
    Tensor unconditional = logits(branches.getLast(), masked);
    return Guidance.text(conditional, unconditional, settings.cfgScale());
  }

  private Tensor logits(Branch branch, int[] masked) {
    return ResultScope.of(() -> branch.logits(tokens, masked, step));
  }

  /// One past the last position of the block that this step works on.
  private int blockEnd() {
    int block = step / settings.stepsPerBlock();
    return answer.begin() + (block + 1) * settings.blockLength();
  }

  /// An even share of a block's tokens for one of its steps; the first steps take one more each
  /// where they do not divide.
  static int share(int tokens, int step, int steps) {
    return tokens / steps + (step < tokens % steps ? 1 : 0);
  }

  TextAnswer answer() {
    return TextAnswer.of(tokens.clone(), answer.begin(), answer.end(), vocabulary.answerEnd());
  }

  @Override
  public void close() {
    branches.forEach(Branch::close);
    random.close();
  }
}
