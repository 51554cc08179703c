package ai.dimoo.server.openai;

import java.util.stream.IntStream;

/// What a client is shown of the steps of a picture that forms.
///
/// @param told whether it is told of any
/// @param tokens whether of which tokens are masked, at every step
/// @param partials forming pictures that it gets, 0..3
record ShownSteps(boolean told, boolean tokens, int partials) {

  /// Nothing: it gets the pictures when they are done.
  static final ShownSteps NONE = new ShownSteps(false, false, 0);

  /// How many there are.
  static final ShownSteps COUNTED = new ShownSteps(true, false, 0);

  /// Which of the forming pictures it gets after a step, counted from 0; -1: none.
  int partial(int step, int steps) {
    return pictureAfter(step, steps)
        ? (int) IntStream.range(1, step).filter(earlier -> pictureAfter(earlier, steps)).count()
        : -1;
  }

  /// Evenly over the steps, never after the last.
  private boolean pictureAfter(int step, int steps) {
    for (int i = 1; i <= partials; i++) {
      if (step == Math.max(1, i * steps / (partials + 1)) && step < steps) {
        return true;
      }
    }
    return false;
  }
}
