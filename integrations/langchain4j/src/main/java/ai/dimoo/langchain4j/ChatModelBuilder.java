package ai.dimoo.langchain4j;

import ai.dimoo.request.AnswerSetters;
import ai.dimoo.request.Sampling;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import java.util.List;

/// How answers are sampled, for both chat models. What is not called is left to the model. A
/// request's own temperature goes before that of the builder, and its `maxOutputTokens` shortens
/// the answer. Not thread-safe.
///
/// @param <B> the builder itself
public abstract sealed class ChatModelBuilder<B extends ChatModelBuilder<B>> extends ModelBuilder<B>
    implements AnswerSetters<B> permits DimooChatModel.Builder, DimooStreamingChatModel.Builder {

  private Sampling sampling = Sampling.DEFAULT;
  private List<ChatModelListener> listeners = List.of();

  ChatModelBuilder() {}

  @Override
  public Sampling sampling() {
    return sampling;
  }

  @Override
  public B sampling(Sampling sampling) {
    this.sampling = sampling;
    return self();
  }

  /// Told of requests, answers and errors.
  public B listeners(List<ChatModelListener> listeners) {
    this.listeners = List.copyOf(listeners);
    return self();
  }

  ChatSettings settings() {
    return new ChatSettings(sampling, listeners);
  }
}
