package ai.dimoo;

import ai.dimoo.error.UserException;

/// Checks of what a user typed.
final class Prompts {

  private Prompts() {}

  static String notEmpty(String prompt) {
    if (prompt.isBlank()) {
      throw new UserException("The prompt is empty; say in words what is wanted.");
    }
    return prompt;
  }
}
