package ai.dimoo.langchain4j;

import ai.dimoo.Answer;
import ai.dimoo.AnswerStep;
import ai.dimoo.ProgressListener;
import ai.dimoo.Step;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Passes an answer on as it forms. The handler is called on a thread of its own, in order, so that
/// a slow one does not hold the engine up, and may use the same model.
final class AnswerStream implements ProgressListener, StreamingHandle {

  private final StreamingChatResponseHandler handler;
  private final BooleanSupplier abandoned;
  private final ExecutorService calls =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("dimoo-chat-handler").factory());
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final PartialResponseContext context = new PartialResponseContext(this);
  private String sent = ""; // by the engine's thread, then by the one that waited for it

  AnswerStream(StreamingChatResponseHandler handler) {
    this(handler, () -> false);
  }

  /// @param abandoned whether nobody reads any more
  AnswerStream(StreamingChatResponseHandler handler, BooleanSupplier abandoned) {
    this.handler = handler;
    this.abandoned = abandoned;
  }

  @Override
  public void onStep(Step step) {
    if (step instanceof AnswerStep answer) {
      send(answer.newText(sent));
    }
  }

  /// Passes on what is left of an answer.
  void send(Answer answer) {
    send(answer.newText(sent));
  }

  private void send(String text) {
    if (!text.isEmpty()) {
      PartialResponse piece = new PartialResponse(text);
      sent += text;
      call(() -> handler.onPartialResponse(piece, context));
    }
  }

  /// Gets the answer and tells the handler of it, or why there is none. Returns when the handler
  /// was told everything.
  ///
  /// @param asking asks the model, with this as the listener
  void run(Supplier<ChatResponse> asking) {
    try {
      ChatResponse response = asking.get();
      call(() -> handler.onCompleteResponse(response));
    } catch (RuntimeException | Error e) {
      call(() -> handler.onError(e));
    } finally {
      calls.close();
    }
  }

  private void call(Runnable call) {
    calls.execute(() -> {
      if (isCancelled()) {
        return;
      }
      try {
        call.run();
      } catch (RuntimeException e) { // the handler's own: it is told, and the request ends
        cancel();
        handler.onError(e);
      }
    });
  }

  @Override
  public void cancel() {
    cancelled.set(true);
  }

  @Override
  public boolean isCancelled() {
    return cancelled.get() || abandoned.getAsBoolean();
  }

  @Override
  public boolean cancelled() {
    return isCancelled();
  }
}
