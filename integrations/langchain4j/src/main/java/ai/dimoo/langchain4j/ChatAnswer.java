package ai.dimoo.langchain4j;

import ai.dimoo.Answer;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;

/// An answer as LangChain4j's response.
final class ChatAnswer {

  private ChatAnswer() {}

  /// @param asked what was answered
  static ChatResponse of(Answer answer, ChatQuestion asked) {
    int tokens = answer.tokens().length;
    boolean ended = tokens < answer.settings().genLength();
    return ChatResponse.builder()
        .aiMessage(AiMessage.from(answer.text()))
        .metadata(
            new DimooChatResponseMetadata.Builder()
                .notes(asked.notes(answer))
                .modelName(answer.model().name())
                .tokenUsage(new TokenUsage(answer.promptTokens(), tokens))
                .finishReason(ended ? FinishReason.STOP : FinishReason.LENGTH)
                .build())
        .build();
  }
}
