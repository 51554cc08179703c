package ai.dimoo.diffusion;

import ai.dimoo.diffusion.Branch.Shared;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TextSpan;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.torch.FiniteNumbers;
import ai.dimoo.torch.TorchRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// One answer as it forms, block by block from left to right, several tokens of a block at once
/// (LLaDA's semi-autoregressive sampling; reference `generators/text_understanding_generator.py`).
/// What is once decided stays.
///
/// With a confidence or early commit, a block is done as soon as nothing in it is masked, and what
/// stands behind a decided end of the answer is left masked.
public final class TextDecoding implements Decoding {

  private final SpecialTokens special;
  private final TextSamplerSettings settings;
  private final List<Branch> branches = new ArrayList<>(); // the conditional one first
  private final TorchRandom random;
  private final TextSpan answer;
  private TokenIds tokens;
  private int step;
  private int block;
  private int stepInBlock;
  private int maskedAtBlockStart;

  /// Nothing is decoded yet.
  ///
  /// @param sequence whose answer is a text of the length that the settings say
  public TextDecoding(SpecialTokens special, TokenSequence sequence, TextSamplerSettings settings) {
    this.special = special;
    this.settings = settings;
    tokens = sequence.ids();
    answer = sequence.text();
    if (answer.length() != settings.genLength()) {
      throw new IllegalArgumentException(
          "an answer of %d tokens in a sequence with room for %d"
              .formatted(settings.genLength(), answer.length()));
    }
    TokenIds prefix = tokens.slice(0, answer.start());
    TokenIds suffix = tokens.slice(answer.end(), tokens.length());
    branches.add(branch(prefix, suffix));
    if (settings.cfgScale() != 0) {
      // the reference masks all that was not masked at the start, behind the answer too
      branches.add(branch(masks(prefix), masks(suffix)));
    }
    random = new TorchRandom(settings.seed());
  }

  private Branch branch(TokenIds prefix, TokenIds suffix) {
    Columns columns = new Columns(0, special.vocabularySize());
    Shared shared = new Shared(answer.start(), answer.end());
    return settings.blockCache()
        ? Branch.withBlocks(columns, prefix, shared, suffix)
        : new Branch(columns, prefix, shared, suffix, settings.cache(), settings.steps());
  }

  private TokenIds masks(TokenIds replaced) {
    return TokenIds.repeated(special.mask(), replaced.length());
  }

  @Override
  public boolean finished() {
    return step >= settings.steps()
        || block >= settings.blocks()
        || (settings.stopAtAnswerEnd() && settled());
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

  @Override
  public List<SequenceInput> inputs() {
    int[] masked = masked(blockEnd());
    if (masked.length == 0) {
      return List.of(); // more steps than tokens
    }
    BlockCache.Block present = new BlockCache.Block(blockStart(), blockEnd(), stepInBlock == 0);
    return branches.stream().map(branch -> branch.input(tokens, masked, step, present)).toList();
  }

  /// Takes a step in the present block: predicts its masked tokens, keeps the most confident
  /// predictions.
  @Override
  public DecodingStep accept(List<SequenceOutput> outputs) {
    int[] masked = masked(blockEnd());
    if (stepInBlock == 0) {
      maskedAtBlockStart = masked.length;
    }
    int keep = share(maskedAtBlockStart, stepInBlock, settings.stepsPerBlock());
    if (masked.length == 0) {
      TextStep.pass(tokens.length(), special.vocabularySize(), settings, random);
    } else {
      Tensor guided = // [masked, vocabulary]
          FiniteNumbers.require(guided(masked, outputs), "the transformer's logits");
      double progress = (double) stepInBlock / settings.stepsPerBlock();
      TextStep choice =
          TextStep.choose(guided, masked, tokens.length(), keep, progress, settings, random);
      int[] next = tokens.toArray();
      for (int position : choice.kept()) {
        next[position] = choice.predicted()[Arrays.binarySearch(masked, position)];
      }
      tokens = TokenIds.of(next);
    }
    step++;
    stepInBlock++;
    boolean done = settings.decidesByConfidence() && masked(blockEnd()).length == 0;
    if (done || stepInBlock == settings.stepsPerBlock()) {
      block++;
      stepInBlock = 0;
    }
    return new DecodingStep(step, settings.steps(), masked(answer.end()).length, tokens);
  }

  /// The guided logits of some positions: [n, vocabulary]
  private Tensor guided(int[] positions, List<SequenceOutput> outputs) {
    Tensor conditional = branches.getFirst().logits(positions, outputs.getFirst());
    if (branches.size() == 1) {
      return conditional;
    }
    Tensor unconditional = branches.getLast().logits(positions, outputs.getLast());
    return Guidance.text(conditional, unconditional, settings.cfgScale());
  }

  private int blockStart() {
    return answer.start() + block * settings.blockLength();
  }

  /// One past the last position of the block that this step works on.
  private int blockEnd() {
    return blockStart() + settings.blockLength();
  }

  /// An even share of a block's tokens for one of its steps; the first steps take one more each
  /// where they do not divide.
  static int share(int tokens, int step, int steps) {
    return tokens / steps + (step < tokens % steps ? 1 : 0);
  }

  private int[] masked(int end) {
    int last = end;
    if (settings.decidesByConfidence() && settings.stopAtAnswerEnd()) {
      int[] ends = tokens.positionsOf(special.endAnswer(), answer.start(), end);
      last = ends.length == 0 ? end : ends[0];
    }
    return tokens.positionsOf(special.mask(), answer.start(), last);
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
