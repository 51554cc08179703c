package ai.dimoo.train.tasks;

import ai.dimoo.prompt.Task;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.train.source.Draft;
import ai.dimoo.train.source.ExampleMaker;
import ai.dimoo.train.source.TrainingExample;
import java.util.List;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/// Pictures to predict from their captions, some from `<uncondition>` in their place, so that
/// guidance has something to compare with.
public final class TextToImageExamples implements ExampleMaker {

  /// The share of captions that are dropped (the reference's train.py).
  public static final double DROPPED = 0.1;

  private final Entries<CaptionedPicture> entries;
  private final PromptTokens tokens;
  private final LongFunction<PictureHiding> hiding;

  /// @param hiding how much of the pictures is hidden at a step
  public TextToImageExamples(
      Entries<CaptionedPicture> entries, PromptTokens tokens, LongFunction<PictureHiding> hiding) {
    this.entries = entries;
    this.tokens = tokens;
    this.hiding = hiding;
  }

  @Override
  public Draft draft(long step, RandomGenerator random) {
    CaptionedPicture entry = entries.draw(step, random);
    return new Draft(
        List.of(entry.picture().layers()), codes -> example(step, entry, codes.getFirst(), random));
  }

  private TrainingExample example(
      long step, CaptionedPicture entry, CodeGrid codes, RandomGenerator random) {
    int[] prompt =
        random.nextDouble() < DROPPED
            ? tokens.unconditional(Task.TEXT_TO_IMAGE)
            : tokens.prompt(Task.TEXT_TO_IMAGE, entry.caption());
    TokenSequence sequence = tokens.sequence(Task.TEXT_TO_IMAGE, prompt, List.of(), codes);
    return hiding
        .apply(step)
        .hide(sequence, codes, entry.picture(), tokens.special().mask(), random);
  }
}
