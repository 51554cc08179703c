package ai.dimoo.langchain4j;

import ai.dimoo.Ask;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;

/// Answers questions about pictures, as LangChain4j's {@link ChatModel}. The question is the last
/// user message, behind the system message if there is one; its pictures are base64 data, at least
/// one. A question without pictures is about those of the last message that had some. Of a
/// request's parameters `temperature` and `maxOutputTokens` are followed; others are refused.
///
/// Thread-safe: requests are computed one after another. Close it; a {@link ai.dimoo.Dimoo} that
/// was given to the builder stays open. Throws {@link ai.dimoo.error.UserException} where a request
/// has to be mended, and {@link ai.dimoo.error.EnvironmentException} where the machine cannot.
public final class DimooChatModel implements ChatModel, AutoCloseable {

  private final OpenedModel model;
  private final ChatSettings settings;

  private DimooChatModel(OpenedModel model, ChatSettings settings) {
    this.model = model;
    this.settings = settings;
  }

  /// Begins a model.
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    Ask question = ChatQuestion.of(request, settings.sampling(), model.dimoo());
    return ChatAnswer.of(model.dimoo().ask(question));
  }

  @Override
  public List<ChatModelListener> listeners() {
    return settings.listeners();
  }

  /// Frees the model if it was opened here.
  @Override
  public void close() {
    model.close();
  }

  /// Builds a {@link DimooChatModel}. Not thread-safe.
  public static final class Builder extends ChatModelBuilder<Builder> {

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /// The model, opened if need be.
    ///
    /// @throws ai.dimoo.error.UserException if the folder holds no usable model
    /// @throws IllegalStateException if there is neither an open model nor a folder, or both
    public DimooChatModel build() {
      return new DimooChatModel(open(), settings());
    }
  }
}
