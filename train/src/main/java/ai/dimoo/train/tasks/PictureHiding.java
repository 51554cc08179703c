package ai.dimoo.train.tasks;

import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.train.source.MaskCodes.Rule;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.source.TrainingExample.Target;
import ai.dimoo.train.source.TrainingPicture;
import java.util.random.RandomGenerator;

/// How the codes of a picture to predict are hidden. Of most pictures by the reference's rule; but
/// as soon as a piece of an object shows, its colour and shape can be read there, and the words
/// round it teach nothing. So of some the whole foreground is hidden, as when sampling begins, and
/// of others whole cells of 2×2 codes, wherever they lie.
///
/// A hidden foreground teaches what words mean in the fewest examples, but it also tells that what
/// is hidden is foreground: a model that saw too much of it fills all that is not decided yet with
/// things. Cells say nothing of what they hide.
///
/// @param bareShare the share of pictures of which no foreground shows, 0..1
/// @param cellShare the share of pictures that are hidden in cells, 0..1; with the other not above
///   1
public record PictureHiding(double bareShare, double cellShare) {

  /// Codes along the side of a cell.
  private static final int CELL = 2;

  /// The smallest expected share of cells that are hidden of a picture; the largest is as far above
  /// 1, so that of many pictures nothing shows.
  private static final double FEWEST = 0.3;

  public PictureHiding {
    if (!(bareShare >= 0 && cellShare >= 0 && bareShare + cellShare <= 1)) {
      throw new IllegalArgumentException(
          "bare share %s, cell share %s; expected 0 to 1, together too"
              .formatted(bareShare, cellShare));
    }
  }

  /// Hides some codes of the picture that a sequence ends in.
  ///
  /// @param picture what the codes stand for
  TrainingExample hide(
      TokenSequence sequence,
      CodeGrid codes,
      TrainingPicture picture,
      int mask,
      RandomGenerator random) {
    double drawn = random.nextDouble();
    if (drawn < cellShare) {
      return hide(sequence, mask, random, target(sequence, cells(codes, random), true, Rule.WHOLE));
    }
    boolean bare = drawn >= 1 - bareShare;
    boolean[] whole =
        bare ? picture.foregroundTiles(codes.rows(), codes.columns()) : new boolean[codes.size()];
    return hide(
        sequence,
        mask,
        random,
        target(sequence, whole, true, Rule.WHOLE),
        target(sequence, whole, false, Rule.SHARE));
  }

  /// Which codes lie in the cells that are hidden; at least one does.
  private static boolean[] cells(CodeGrid codes, RandomGenerator random) {
    int across = Math.ceilDiv(codes.columns(), CELL);
    int down = Math.ceilDiv(codes.rows(), CELL);
    double share = FEWEST + random.nextDouble();
    boolean[] cells = new boolean[across * down];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = random.nextDouble() < share;
    }
    cells[random.nextInt(cells.length)] = true;
    boolean[] hidden = new boolean[codes.size()];
    for (int i = 0; i < hidden.length; i++) {
      int row = i / codes.columns() / CELL;
      int column = i % codes.columns() / CELL;
      hidden[i] = cells[row * across + column];
    }
    return hidden;
  }

  private static Target target(TokenSequence sequence, boolean[] flags, boolean chosen, Rule rule) {
    return new Target(PromptTokens.positions(sequence, flags, chosen), rule);
  }

  private static TrainingExample hide(
      TokenSequence sequence, int mask, RandomGenerator random, Target... targets) {
    return TrainingExample.hide(sequence.ids().toArray(), targets, mask, random);
  }

  /// Hides some codes of the picture that a sequence ends in, of which nothing else is known, by
  /// the reference's rule.
  static TrainingExample hide(TokenSequence sequence, int size, int mask, RandomGenerator random) {
    return hide(sequence, mask, random, target(sequence, new boolean[size], false, Rule.SHARE));
  }
}
