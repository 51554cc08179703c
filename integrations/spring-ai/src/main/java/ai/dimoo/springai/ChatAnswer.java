package ai.dimoo.springai;

import ai.dimoo.Answer;
import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/// An answer, or a piece of one, as Spring AI's response.
final class ChatAnswer {

  private ChatAnswer() {}

  static ChatResponse of(Answer answer) {
    return last(answer, answer.text());
  }

  /// A piece of an answer that is not at its end.
  static ChatResponse piece(String text) {
    return new ChatResponse(List.of(new Generation(new AssistantMessage(text))));
  }

  /// The last piece of an answer, with what is known at its end.
  static ChatResponse last(Answer answer, String text) {
    int tokens = answer.tokens().length;
    boolean ended = tokens < answer.settings().genLength();
    ChatGenerationMetadata finish =
        ChatGenerationMetadata.builder().finishReason(ended ? "STOP" : "LENGTH").build();
    ChatResponseMetadata metadata =
        ChatResponseMetadata.builder()
            .model(answer.model().name())
            .usage(new DefaultUsage(answer.promptTokens(), tokens))
            .build();
    return new ChatResponse(List.of(new Generation(new AssistantMessage(text), finish)), metadata);
  }
}
