package ai.dimoo.train.tasks;

import ai.dimoo.prompt.Task;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.train.source.Draft;
import ai.dimoo.train.source.ExampleMaker;
import ai.dimoo.train.source.MaskCodes.Rule;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.source.TrainingExample.Target;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Words of a caption to predict from its other words and the picture, which is all there. It
/// teaches what a picture to predict hardly does: that a colour belongs to the shape beside it, and
/// which object stands left of which.
public final class CaptionWordExamples implements ExampleMaker {

  private final Entries<CaptionedPicture> entries;
  private final PromptTokens tokens;
  private final double weight;

  /// @param weight what a hidden word counts in the loss, against 1 of a code of a picture
  public CaptionWordExamples(
      Entries<CaptionedPicture> entries, PromptTokens tokens, double weight) {
    this.entries = entries;
    this.tokens = tokens;
    this.weight = weight;
  }

  @Override
  public Draft draft(long step, RandomGenerator random) {
    CaptionedPicture entry = entries.draw(step, random);
    return new Draft(
        List.of(entry.picture().layers()), codes -> example(entry, codes.getFirst(), random));
  }

  private TrainingExample example(CaptionedPicture entry, CodeGrid codes, RandomGenerator random) {
    int[] prompt = tokens.prompt(Task.TEXT_TO_IMAGE, entry.caption());
    int[] unconditional = tokens.unconditional(Task.TEXT_TO_IMAGE);
    int start = 0; // of the words: where the other prompt has <uncondition>
    while (unconditional[start] != tokens.special().uncondition()) {
      start++;
    }
    int after = unconditional.length - start - 1;
    Target words = new Target(IntStream.range(start, prompt.length - after).toArray(), Rule.SHARE);
    return TrainingExample.hide(
            tokens.sequence(Task.TEXT_TO_IMAGE, prompt, List.of(), codes).ids().toArray(),
            new Target[] {words},
            tokens.special().mask(),
            random)
        .weighing(weight);
  }
}
