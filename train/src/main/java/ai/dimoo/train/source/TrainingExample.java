package ai.dimoo.train.source;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A sequence with hidden targets. The arrays are not copied: nobody may write to them.
///
/// @param ids the tokens, hidden targets replaced by the mask token
/// @param labels the original token at each hidden target, [#IGNORED] everywhere else
/// @param weights what each label counts in the loss; the reference's loss has 1 everywhere
public record TrainingExample(int[] ids, int[] labels, float[] weights) {

  /// The label of a position that takes no part in the loss.
  public static final int IGNORED = -100;

  public TrainingExample {
    if (ids.length != labels.length || ids.length != weights.length) {
      throw new IllegalArgumentException(
          "%d tokens, %d labels, %d weights".formatted(ids.length, labels.length, weights.length));
    }
  }

  /// An example whose labels count 1 each.
  public TrainingExample(int[] ids, int[] labels) {
    this(ids, labels, ones(ids.length));
  }

  private static float[] ones(int length) {
    float[] ones = new float[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /// What all labels count together.
  public double labelWeight() {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += labels[i] == IGNORED ? 0 : weights[i];
    }
    return sum;
  }

  /// The same, each label counting this much.
  public TrainingExample weighing(double weight) {
    float[] weights = new float[ids.length];
    Arrays.fill(weights, (float) weight);
    return new TrainingExample(ids, labels, weights);
  }

  /// Hides part of the targets of a complete sequence.
  ///
  /// @param ids the complete sequence
  /// @param targets the positions that may be hidden, in groups that are hidden independently of
  ///   each other: an answer and the padding after it
  /// @param mask the mask token
  public static TrainingExample hide(
      int[] ids, Target[] targets, int mask, RandomGenerator random) {
    int[] hidden = ids.clone();
    int[] labels = new int[ids.length];
    Arrays.fill(labels, IGNORED);
    for (Target target : targets) {
      boolean[] drawn = MaskCodes.draw(target.positions().length, target.rule(), random);
      for (int i = 0; i < drawn.length; i++) {
        if (drawn[i]) {
          int position = target.positions()[i];
          labels[position] = ids[position];
          hidden[position] = mask;
        }
      }
    }
    return new TrainingExample(hidden, labels);
  }

  /// Positions that are hidden together.
  ///
  /// @param rule how many of them
  public record Target(int[] positions, MaskCodes.Rule rule) {}
}
