package ai.dimoo.springai;

import ai.dimoo.Answer;
import ai.dimoo.AnswerStep;
import ai.dimoo.ProgressListener;
import ai.dimoo.Step;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.FluxSink;

/// Passes an answer on as it forms, until the subscriber cancels.
final class AnswerStream implements ProgressListener {

  /// The end of a settled text of which the last character lacks a byte yet.
  private static final Pattern WITHIN_A_CHARACTER = Pattern.compile("\ufffd+$");

  private final FluxSink<ChatResponse> sink;
  private String sent = ""; // by the engine's thread, then by the one that waited for it

  AnswerStream(FluxSink<ChatResponse> sink) {
    this.sink = sink;
  }

  @Override
  public void onStep(Step step) {
    if (step instanceof AnswerStep answer) {
      String text = WITHIN_A_CHARACTER.matcher(answer.settledText()).replaceFirst("");
      String piece = rest(text);
      if (!piece.isEmpty()) {
        sent = text;
        sink.next(ChatAnswer.piece(piece));
      }
    }
  }

  private String rest(String text) {
    return text.startsWith(sent) ? text.substring(sent.length()) : "";
  }

  @Override
  public boolean cancelled() {
    return sink.isCancelled();
  }

  /// Gets the answer and passes on what is left of it, or why there is none.
  ///
  /// @param asking asks the model, with this as the listener
  void run(Supplier<Answer> asking) {
    try {
      Answer answer = asking.get();
      sink.next(ChatAnswer.last(answer, rest(answer.text())));
      sink.complete();
    } catch (RuntimeException | Error e) {
      if (!sink.isCancelled()) {
        sink.error(e);
      }
    }
  }
}
