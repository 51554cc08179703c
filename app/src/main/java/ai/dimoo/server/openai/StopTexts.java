package ai.dimoo.server.openai;

import java.util.List;

/// Texts before which an answer ends. Immutable.
record StopTexts(List<String> texts) {

  StopTexts {
    texts = List.copyOf(texts);
  }

  /// The answer up to the first of them.
  String cut(String answer) {
    int end = end(answer);
    return end < 0 ? answer : answer.substring(0, end);
  }

  /// Whether one of them stands in the answer.
  boolean ends(String answer) {
    return end(answer) >= 0;
  }

  /// What of a beginning is certain not to be cut: without an end that may be the beginning of one
  /// of them.
  String certain(String beginning) {
    String cut = cut(beginning);
    if (cut.length() < beginning.length()) {
      return cut;
    }
    int kept = beginning.length();
    for (String text : texts) {
      for (int length = Math.min(text.length() - 1, beginning.length()); length > 0; length--) {
        if (text.startsWith(beginning.substring(beginning.length() - length))) {
          kept = Math.min(kept, beginning.length() - length);
          break;
        }
      }
    }
    return beginning.substring(0, kept);
  }

  private int end(String answer) {
    return texts.stream().mapToInt(answer::indexOf).filter(at -> at >= 0).min().orElse(-1);
  }
}
