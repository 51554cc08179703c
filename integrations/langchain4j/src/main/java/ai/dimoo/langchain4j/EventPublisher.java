package ai.dimoo.langchain4j;

import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/// A handler that passes what it is told on to one subscriber, as fast as that asks for it.
final class EventPublisher implements StreamingChatResponseHandler {

  private final SubmissionPublisher<ChatModelStreamingEvent> publisher =
      new SubmissionPublisher<>(
          task -> Thread.ofVirtual().name("dimoo-chat-subscriber").start(task),
          Flow.defaultBufferSize());

  void subscribe(Flow.Subscriber<? super ChatModelStreamingEvent> subscriber) {
    publisher.subscribe(subscriber);
  }

  /// Whether the subscriber cancelled.
  boolean isAbandoned() {
    return !publisher.hasSubscribers();
  }

  @Override
  public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
    publisher.submit(piece);
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    publisher.submit(new CompleteResponse(response));
    publisher.close();
  }

  @Override
  public void onError(Throwable reason) {
    publisher.closeExceptionally(reason);
  }
}
