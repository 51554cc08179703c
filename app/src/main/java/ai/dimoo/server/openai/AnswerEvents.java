package ai.dimoo.server.openai;

import ai.dimoo.Answer;
import ai.dimoo.server.exchange.EventStream;
import java.io.IOException;

/// The pieces of an answer in words. The model decides words out of order; what is sent is the
/// beginning up to the first gap, so that nothing sent is ever changed. Belongs to one stream.
final class AnswerEvents implements JobExchange.Events<String, Answer> {

  private static final char INCOMPLETE = '\uFFFD'; // a letter of which a byte is missing

  private final ChatAnswers answers;
  private final boolean usage;
  private String sent = "";

  AnswerEvents(ChatAnswers answers, boolean usage) {
    this.answers = answers;
    this.usage = usage;
  }

  @Override
  public void begun(EventStream out) throws IOException {
    out.send(answers.role());
  }

  @Override
  public void progressed(EventStream out, String beginning) throws IOException {
    int end = beginning.length();
    while (end > 0 && beginning.charAt(end - 1) == INCOMPLETE) {
      end--;
    }
    if (!send(out, beginning.substring(0, end))) {
      out.heartbeat();
    }
  }

  @Override
  public void done(EventStream out, Answer answer) throws IOException {
    send(out, answer.text());
    out.send(answers.end(ChatAnswers.end(answer), ChatAnswers.made(answer)));
    if (usage) {
      out.send(answers.counted(ChatAnswers.usage(answer)));
    }
    out.sendDone();
  }

  private boolean send(EventStream out, String text) throws IOException {
    if (text.length() <= sent.length() || !text.startsWith(sent)) {
      return false;
    }
    out.send(answers.text(text.substring(sent.length())));
    sent = text;
    return true;
  }
}
