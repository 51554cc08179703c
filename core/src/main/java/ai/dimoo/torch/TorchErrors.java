package ai.dimoo.torch;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import java.util.Locale;

/// What LibTorch throws, in one line: its messages end in a page of C++ frames.
final class TorchErrors {

  private TorchErrors() {}

  /// The exception to throw in place of this one: lack of memory as an [EnvironmentException], the
  /// first line of any other message of LibTorch's, and every other exception as it is.
  static RuntimeException translated(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    String line = message.lines().findFirst().orElse(message);
    if (thrown instanceof OutOfMemoryError || thrown.getClass() == RuntimeException.class) {
      if (thrown instanceof OutOfMemoryError || isLackOfMemory(message)) {
        return new EnvironmentException(
            Fault.of("Not enough memory (%s).".formatted(line))
                .mend(Remedy.plain("make a smaller picture"))
                .mend(Remedy.give("dtype", "bfloat16"))
                .mend(Remedy.plain("close other programs")),
            thrown);
      }
      return new RuntimeException(line, thrown);
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException e ? e : new IllegalStateException(line, thrown);
  }

  private static boolean isLackOfMemory(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return lower.contains("can't allocate memory") || lower.contains("out of memory");
  }
}
