package ai.dimoo.springai;

import ai.dimoo.AnswerStep;
import ai.dimoo.ProgressListener;
import ai.dimoo.Step;
import java.util.function.Supplier;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.FluxSink;

/// Passes an answer on as it forms, until the subscriber cancels.
final class AnswerStream implements ProgressListener {

  private final FluxSink<ChatResponse> sink;
  private String sent = ""; // by the engine's thread, then by the one that waited for it

  AnswerStream(FluxSink<ChatResponse> sink) {
    this.sink = sink;
  }

  @Override
  public void onStep(Step step) {
    if (step instanceof AnswerStep answer) {
      String piece = answer.newText(sent);
      if (!piece.isEmpty()) {
        sent += piece;
        sink.next(ChatAnswer.piece(piece));
      }
    }
  }

  @Override
  public boolean cancelled() {
    return sink.isCancelled();
  }

  /// Gets the answer and passes on what is left of it, or why there is none.
  ///
  /// @param asking asks the model, with this as the listener
  void run(Supplier<ChatAnswer> asking) {
    try {
      ChatAnswer answer = asking.get();
      sink.next(answer.last(answer.answer().newText(sent)));
      sink.complete();
    } catch (RuntimeException | Error e) {
      if (!sink.isCancelled()) {
        sink.error(e);
      }
    }
  }
}
