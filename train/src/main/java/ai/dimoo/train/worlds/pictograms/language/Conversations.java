package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Questions as the server hands them to the model: what the system says and earlier turns stand
/// before them, a line each (`Conversation` in the server, `Dimoo.question`). Stateless.
public final class Conversations {

  private static final double SYSTEM_SHARE = 0.10;
  private static final double TURN_SHARE = 0.08;

  /// What clients usually put into the system's message.
  private static final List<String> SYSTEM =
      List.of(
          "You are a helpful assistant.",
          "You are a helpful assistant.",
          "You are a helpful AI assistant.",
          "You are a helpful vision assistant.",
          "You are an AI assistant that answers questions about images.",
          "Answer the question.",
          "Answer briefly.",
          "Be concise.",
          "你是一个有用的助手。",
          "请简短回答。");

  private Conversations() {}

  /// The question, in some cases with system words or an earlier turn about the same scene before
  /// it. The answer stays.
  public static Question about(Scene scene, Question question, RandomGenerator random) {
    List<String> lines = new ArrayList<>();
    if (random.nextDouble() < SYSTEM_SHARE) {
      lines.add(SYSTEM.get(random.nextInt(SYSTEM.size())));
    }
    if (random.nextDouble() < TURN_SHARE) {
      Question earlier = Questions.ask(scene, question.language(), random);
      lines.add(earlier.text());
      lines.add(earlier.answer());
    }
    lines.add(question.text());
    return new Question(
        question.kind(), question.language(), String.join("\n", lines), question.answer());
  }
}
