package ai.dimoo.diffusion;

import ai.dimoo.diffusion.Branch.Shared;
import ai.dimoo.sequence.ImageSpan;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.torch.FiniteNumbers;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRandom;
import java.util.ArrayList;
import java.util.Arrays;
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
  private final int[] wanted; // the positions that were masked at the start
  private final TokenTrust trust;
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
    wanted = masked();
    trust = new TokenTrust(tokens.length());
    List<TokenIds> prompts = new ArrayList<>();
    prompts.add(tokens.slice(0, sequence.answerStart()));
    prompts.addAll(guidance.prompts());
    for (TokenIds prompt : prompts) {
      branches.add(branch(prompt, new Shared(sequence.answerStart(), tokens.length())));
    }
    random = new TorchRandom(settings.seed());
  }

  @Override
  public boolean finished() {
    return step >= settings.timesteps() || masked().length == 0;
  }

  private Branch branch(TokenIds prompt, Shared shared) {
    Columns codes = new Columns(special.codeOffset(), special.vocabularySize());
    if (settings.fullSteps() > 0) {
      ShortcutSchedule schedule = new ShortcutSchedule(settings.timesteps(), settings.fullSteps());
      return Branch.withShortcuts(codes, prompt, shared, schedule, branches.isEmpty());
    }
    return new Branch(codes, prompt, shared, TokenIds.NONE, settings.cache(), settings.timesteps());
  }

  /// The branches that the present step computes.
  private List<Branch> present() {
    return settings.guides(step) ? branches : branches.subList(0, 1);
  }

  /// The positions whose logits the present step reads: with self-correction also those of tokens
  /// that may be taken back.
  private int[] read() {
    return settings.correction() == SelfCorrection.OFF ? masked() : wanted;
  }

  @Override
  public List<SequenceInput> inputs() {
    int[] read = read();
    double maskRatio = maskRatio();
    return present().stream().map(branch -> branch.input(tokens, read, step, maskRatio)).toList();
  }

  /// Tokens masked now / tokens masked at the start.
  double maskRatio() {
    return (double) masked().length / wanted.length;
  }

  @Override
  public DecodingStep accept(List<SequenceOutput> outputs) {
    int[] masked = masked();
    Tensor guided = guided(read(), outputs); // [read, codebook]
    Tensor ofMasked = rows(guided, masked);
    int keepMasked = CosineSchedule.keepMasked(wanted.length, step, settings.timesteps());
    Tensor codes = MaskGitStep.codes(ofMasked, settings, random);
    int[] takenBack = takeBack(guided, keepMasked);
    boolean takes = settings.correction().takesBack(step, settings.timesteps());
    // where the table has a count but it is too early to take any back, the published code keeps as
    // many more of the step's predictions all the same
    int more = takes ? takenBack.length : correctionCount(keepMasked);
    boolean[] remasked = MaskGitStep.remasked(ofMasked, codes, keepMasked - more, settings, random);
    int[] chosen = TensorArrays.ints(codes);
    int[] next = tokens.toArray();
    for (int i = 0; i < masked.length; i++) {
      if (!remasked[i]) {
        next[masked[i]] = special.token(chosen[i]);
      }
    }
    for (int position : takenBack) {
      next[position] = special.mask();
    }
    tokens = TokenIds.of(next);
    step++;
    return new DecodingStep(step, settings.timesteps(), masked().length, tokens);
  }

  /// Notes how likely the decided tokens are, and chooses those of them that are masked again.
  ///
  /// @param guided [read, codebook]
  private int[] takeBack(Tensor guided, int keepMasked) {
    int[] decided =
        Arrays.stream(wanted).filter(position -> tokens.at(position) != special.mask()).toArray();
    if (settings.correction() == SelfCorrection.OFF || decided.length == 0) {
      return new int[0];
    }
    int[] codes =
        Arrays.stream(decided)
            .map(position -> tokens.at(position) - special.codeOffset())
            .toArray();
    trust.note(rows(guided, decided), decided, codes);
    return settings.correction().takesBack(step, settings.timesteps())
        ? trust.takeBack(decided, correctionCount(keepMasked), settings.noise(), random, guided)
        : new int[0];
  }

  private int correctionCount(int keepMasked) {
    return settings.correction().count(step, settings.timesteps(), picture.size(), keepMasked);
  }

  /// The rows of some of the positions that were read: [read, codebook] → [n, codebook]
  private Tensor rows(Tensor guided, int[] positions) {
    int[] read = read();
    if (Arrays.equals(read, positions)) {
      return guided;
    }
    int[] rows = Arrays.stream(positions).map(p -> Arrays.binarySearch(read, p)).toArray();
    return guided.index_select(0, TensorArrays.int64(rows, guided.device()));
  }

  /// The guided logits of some positions over the image codes: [n, codebook]
  private Tensor guided(int[] positions, List<SequenceOutput> outputs) {
    List<Branch> present = present();
    List<Tensor> logits = new ArrayList<>();
    for (int i = 0; i < present.size(); i++) {
      Tensor own = present.get(i).logits(positions, outputs.get(i));
      logits.add(settings.noise().precise(own));
    }
    Tensor guided = guidance.guide(logits.getFirst(), logits.subList(1, logits.size()));
    return FiniteNumbers.require(guided, "the transformer's logits");
  }

  /// Goes on from what another decoding of the same sequence decided in as many steps, with the
  /// random numbers of this one.
  ///
  /// @param other the whole sequence
  void goOnFrom(TokenIds other) {
    tokens = other;
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
