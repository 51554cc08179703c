package ai.dimoo.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.List;

/// What the two chat models have in common: a model, and how it answers.
abstract sealed class OpenedChat implements AutoCloseable
    permits DimooChatModel, DimooStreamingChatModel {

  final OpenedModel model;
  private final ChatSettings settings;

  OpenedChat(OpenedModel model, ChatSettings settings) {
    this.model = model;
    this.settings = settings;
  }

  final ChatQuestion question(ChatRequest request) {
    return ChatQuestion.of(request, settings.sampling(), model.dimoo());
  }

  /// Those of the builder.
  public List<ChatModelListener> listeners() {
    return settings.listeners();
  }

  /// Waits for the answers under way and frees the model, if it was opened here.
  @Override
  public void close() {
    model.close();
  }
}
