package ai.dimoo.langchain4j;

import ai.dimoo.Answer;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.concurrent.Flow;

/// Answers questions about pictures while the answer forms, as LangChain4j's {@link
/// StreamingChatModel}. It reads requests as {@link DimooChatModel} does.
///
/// The model decides the words of a block in any order. What is passed on is the beginning without
/// gaps, so that pieces only ever add to one another; short blocks give more, smaller pieces.
///
/// Thread-safe. A handler is called on a virtual thread of its own, one call at a time, errors
/// included. Its streaming handle, or a subscription's `cancel`, ends the request at the next step;
/// nothing is called thereafter. Close it; a {@link ai.dimoo.Dimoo} that was given to the builder
/// stays open.
public final class DimooStreamingChatModel extends OpenedChat implements StreamingChatModel {

  private DimooStreamingChatModel(OpenedModel model, ChatSettings settings) {
    super(model, settings);
  }

  /// Begins a model.
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    start(request, new AnswerStream(handler));
  }

  @Override
  public Flow.Publisher<ChatModelStreamingEvent> doChat(ChatRequest request) {
    return subscriber -> {
      EventPublisher events = new EventPublisher();
      events.subscribe(subscriber);
      start(request, new AnswerStream(events, events::isAbandoned));
    };
  }

  private void start(ChatRequest request, AnswerStream stream) {
    Thread.ofVirtual().name("dimoo-chat").start(() -> stream.run(() -> answer(request, stream)));
  }

  private ChatResponse answer(ChatRequest request, AnswerStream stream) {
    ChatQuestion question = question(request);
    Answer answer = model.dimoo().ask(question.request(), stream);
    stream.send(answer);
    return ChatAnswer.of(answer, question);
  }

  @Override
  public List<ChatModelListener> listeners() {
    return super.listeners(); // the interface has one too
  }

  /// Builds a {@link DimooStreamingChatModel}. Not thread-safe.
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
    public DimooStreamingChatModel build() {
      return new DimooStreamingChatModel(open(), settings());
    }
  }
}
