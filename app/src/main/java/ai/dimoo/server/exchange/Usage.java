package ai.dimoo.server.exchange;

import ai.dimoo.Answer;
import ai.dimoo.GeneratedPicture;
import java.util.List;

/// What a request took and gave, in the model's own tokens.
///
/// @param input of prompts and input pictures
/// @param output of answers and pictures
public record Usage(long input, long output) {

  private static final Usage NONE = new Usage(0, 0);

  /// Of the result of a job: an answer, a picture, or a list of those.
  public static Usage of(Object made) {
    return switch (made) {
      case Answer answer -> new Usage(answer.promptTokens(), answer.tokens().length);
      case GeneratedPicture picture ->
          new Usage(
              (long) picture.inputTokens().text() + picture.inputTokens().image(),
              picture.codes().size());
      case List<?> all -> all.stream().map(Usage::of).reduce(NONE, Usage::plus);
      default -> NONE;
    };
  }

  private Usage plus(Usage other) {
    return new Usage(input + other.input, output + other.output);
  }
}
