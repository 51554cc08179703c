package ai.dimoo.springai;

import ai.dimoo.Answer;
import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/// An answer as Spring AI's response, or a piece of one.
///
/// @param notes all that is to be said with it
record ChatAnswer(Answer answer, List<String> notes) {

  /// The whole of it.
  ChatResponse whole() {
    return last(answer.text());
  }

  /// A piece of an answer that is not at its end.
  static ChatResponse piece(String text) {
    return new ChatResponse(List.of(new Generation(new AssistantMessage(text))));
  }

  /// The last piece of it, with what is known at its end.
  ChatResponse last(String text) {
    int tokens = answer.tokens().length;
    boolean ended = tokens < answer.settings().genLength();
    ChatGenerationMetadata finish =
        ChatGenerationMetadata.builder().finishReason(ended ? "STOP" : "LENGTH").build();
    ChatResponseMetadata metadata =
        ChatResponseMetadata.builder()
            .model(answer.model().name())
            .usage(new DefaultUsage(answer.promptTokens(), tokens))
            .keyValue(DimooChatModel.NOTES, notes)
            .build();
    return new ChatResponse(List.of(new Generation(new AssistantMessage(text), finish)), metadata);
  }
}
