package ai.dimoo.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;

/// Answers questions about pictures, as LangChain4j's {@link ChatModel}. What is asked is the talk
/// as {@link ai.dimoo.Dimoo#question} reads it, about the pictures, in base64, of the last message
/// that has any. Of a request's parameters `temperature` and `maxOutputTokens` are followed; others
/// are refused.
///
/// Thread-safe. Close it; a {@link ai.dimoo.Dimoo} that was given to the builder stays open. Throws
/// {@link ai.dimoo.error.UserException} where a request has to be mended, and {@link
/// ai.dimoo.error.EnvironmentException} where the machine cannot.
public final class DimooChatModel extends OpenedChat implements ChatModel {

  private DimooChatModel(OpenedModel model, ChatSettings settings) {
    super(model, settings);
  }

  /// Begins a model.
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    ChatQuestion question = question(request);
    return ChatAnswer.of(model.dimoo().ask(question.request()), question);
  }

  @Override
  public List<ChatModelListener> listeners() {
    return super.listeners(); // the interface has one too
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
