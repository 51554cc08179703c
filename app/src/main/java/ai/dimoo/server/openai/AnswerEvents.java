package ai.dimoo.server.openai;

import ai.dimoo.Answer;
import ai.dimoo.AnswerStep;
import ai.dimoo.server.exchange.EventStream;
import java.io.IOException;

/// The pieces of an answer in words. The model decides words out of order; what is sent is the
/// beginning up to the first gap, so that nothing sent is ever changed. Belongs to one stream.
final class AnswerEvents implements JobExchange.Events<AnswerProgress, Answer> {

  private final ChatAnswers answers;
  private final ChatForm form;
  private String sent = "";

  AnswerEvents(ChatAnswers answers, ChatForm form) {
    this.answers = answers;
    this.form = form;
  }

  @Override
  public void begun(EventStream out) throws IOException {
    out.send(answers.role());
  }

  @Override
  public void waiting(EventStream out, int before) throws IOException {
    QueuedEvent.send(out, form.progress(), before);
  }

  @Override
  public void progressed(EventStream out, AnswerProgress progress) throws IOException {
    String text = AnswerStep.newText(sent, form.stops().certain(progress.beginning()));
    if (text.isEmpty()) {
      out.heartbeat();
    } else {
      send(out, text);
    }
  }

  @Override
  public void done(EventStream out, Answer answer) throws IOException {
    String text = form.stops().cut(answer.text());
    if (text.length() > sent.length() && text.startsWith(sent)) {
      send(out, text.substring(sent.length()));
    }
    out.send(
        answers.end(
            ChatAnswers.end(answer, form.stops()), ChatAnswers.made(answer), answer.notes()));
    if (form.usage()) {
      out.send(answers.counted(ChatAnswers.usage(answer)));
    }
    out.sendDone();
  }

  private void send(EventStream out, String text) throws IOException {
    out.send(answers.text(text));
    sent += text;
  }
}
