package ai.dimoo.train.transformer;

import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;

/// What every training of a model on own data is told, whatever of the model learns.
public interface OwnDataRecipe {

  /// The rate of each step, and how many steps there are.
  LearningRate learningRate();

  /// AdamW's settings.
  AdamW.Settings optimiser();

  /// Examples a step.
  int batch();

  /// Tokens of every answer, `</answer>` and padding included.
  int answerLength();

  /// Whether the activations of each block are computed again in the backward pass: a third more
  /// work for memory that does not grow with the number of blocks.
  boolean recompute();

  /// Of what is drawn at random.
  long seed();

  /// The same, computed in another way.
  OwnDataRecipe withRecompute(boolean other);
}
