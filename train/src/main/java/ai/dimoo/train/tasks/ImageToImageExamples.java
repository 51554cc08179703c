package ai.dimoo.train.tasks;

import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.train.source.Draft;
import ai.dimoo.train.source.ExampleMaker;
import ai.dimoo.train.source.Layered;
import ai.dimoo.train.source.TrainingExample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/// Pictures to predict from other pictures and words: every task of {@link PictureChange}.
///
/// Some are predicted without the words, some without the pictures, each drawn by itself: inference
/// guides by both branches, `withoutText` and `withoutPictures` of an {@link TokenSequence}. (The
/// reference's script drops both together, so neither branch was ever trained alone.)
public final class ImageToImageExamples implements ExampleMaker {

  /// The share of words that are dropped, and that of pictures.
  public static final double DROPPED = 0.1;

  private final Entries<PictureChange> entries;
  private final PromptTokens tokens;
  private final LongFunction<PictureHiding> hiding;

  /// @param hiding how much of the targets is hidden at a step
  public ImageToImageExamples(
      Entries<PictureChange> entries, PromptTokens tokens, LongFunction<PictureHiding> hiding) {
    this.entries = entries;
    this.tokens = tokens;
    this.hiding = hiding;
  }

  @Override
  public Draft draft(long step, RandomGenerator random) {
    PictureChange entry = entries.draw(step, random);
    List<Layered> pictures = new ArrayList<>(entry.sources());
    pictures.add(entry.target().layers());
    return new Draft(pictures, codes -> example(step, entry, codes, random));
  }

  private TrainingExample example(
      long step, PictureChange entry, List<CodeGrid> codes, RandomGenerator random) {
    int last = codes.size() - 1;
    CodeGrid target = codes.get(last);
    boolean withWords = random.nextDouble() >= DROPPED;
    boolean withPictures = random.nextDouble() >= DROPPED;
    int[] prompt =
        withWords ? tokens.prompt(entry.task(), entry.words()) : tokens.unconditional(entry.task());
    List<CodeGrid> sources = withPictures ? codes.subList(0, last) : List.of();
    TokenSequence sequence = tokens.sequence(entry.task(), prompt, sources, target);
    return hiding
        .apply(step)
        .hide(sequence, target, entry.target(), tokens.special().mask(), random);
  }
}
