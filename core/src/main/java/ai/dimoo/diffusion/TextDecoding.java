package ai.dimoo.diffusion;

import ai.dimoo.diffusion.Branch.Shared;
import ai.dimoo.diffusion.MaxLogitCache.Columns;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TextSpan;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
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

  private final SpecialTokens special;
  private final TextSamplerSettings settings;
  private final int vocabularySize;
  private final List<Branch> branches = new ArrayList<>(); // the conditional one first
  private final TorchRandom random;
  private final TextSpan answer;
  private TokenIds tokens;
  private int step;
  private int maskedAtBlockStart;

  TextDecoding(
      MaskPredictor predictor,
      SpecialTokens special,
      TokenSequence sequence,
      TextSamplerSettings settings) {
    this.special = special;
    this.settings = settings;
    vocabularySize = predictor.vocabularySize();
    tokens = sequence.ids();
    answer = sequence.text();
    if (answer.length() != settings.genLength()) {
      throw new IllegalArgumentException(
          "an answer of %d tokens in a sequence with room for %d"
              .formatted(settings.genLength(), answer.length()));
    }
    TokenIds prefix = tokens.slice(0, answer.start());
    TokenIds suffix = tokens.slice(answer.end(), tokens.length());
    branches.add(branch(predictor, prefix, suffix));
    if (settings.cfgScale() != 0) {
      // the reference masks all that was not masked at the start, behind the answer too
      branches.add(branch(predictor, masks(prefix), masks(suffix)));
    }
    random = new TorchRandom(settings.seed());
  }

  private Branch branch(MaskPredictor predictor, TokenIds prefix, TokenIds suffix) {
    Columns wholeVocabulary = new Columns(0, predictor.vocabularySize());
    return new Branch(
        predictor,
        wholeVocabulary,
        prefix,
        new Shared(answer.start(), answer.end()),
        suffix,
        settings.cache(),
        settings.steps());
  }

  private TokenIds masks(TokenIds replaced) {
    return TokenIds.repeated(special.mask(), replaced.length());
  }

  /// Whether there is nothing left to do.
  boolean finished() {
    return step >= settings.steps() || (settings.stopAtAnswerEnd() && settled());
  }

  /// Whether every token up to `</answer>` is decided, or all are.
  private boolean settled() {
    for (int i = answer.start(); i < answer.end(); i++) {
      if (tokens.at(i) == special.mask() || tokens.at(i) == special.endAnswer()) {
        return tokens.at(i) == special.endAnswer();
      }
    }
    return true;
  }

  /// Takes one step in the present block: predict its masked tokens, keep the most confident
  /// predictions.
  DecodingStep advance() {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradient = new AutoGradMode(false)) {
      int[] masked = masked(blockEnd());
      int stepInBlock = step % settings.stepsPerBlock();
      if (stepInBlock == 0) {
        maskedAtBlockStart = masked.length;
      }
      int keep = share(maskedAtBlockStart, stepInBlock, settings.stepsPerBlock());
      if (masked.length == 0) { // more steps than tokens
        TextStep.pass(tokens.length(), vocabularySize, settings, random);
      } else {
        TextStep choice =
            TextStep.choose(predict(masked), masked, tokens.length(), keep, settings, random);
        int[] next = tokens.toArray();
        for (int position : choice.kept()) {
          next[position] = choice.predicted()[Arrays.binarySearch(masked, position)];
        }
        tokens = TokenIds.of(next);
      }
    }
    step++;
    return new DecodingStep(
        step,
        settings.steps(),
        masked(answer.end()).length,
        tokens,
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
    return answer.start() + (block + 1) * settings.blockLength();
  }

  /// An even share of a block's tokens for one of its steps; the first steps take one more each
  /// where they do not divide.
  static int share(int tokens, int step, int steps) {
    return tokens / steps + (step < tokens % steps ? 1 : 0);
  }

  private int[] masked(int end) {
    return tokens.positionsOf(special.mask(), answer.start(), end);
  }

  /// The whole present sequence.
  TokenIds tokens() {
    return tokens;
  }

  @Override
  public void close() {
    branches.forEach(Branch::close);
    random.close();
  }
}
