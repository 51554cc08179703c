package ai.dimoo.request;

import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;

/// Checks of what a user typed.
final class Prompts {

  private Prompts() {}

  static String notEmpty(String prompt) {
    if (prompt.isBlank()) {
      throw new UserException(
          Fault.of("The prompt is empty.")
              .in("prompt")
              .mend(Remedy.plain("say in words what is wanted")));
    }
    return prompt;
  }
}
