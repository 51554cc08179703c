package ai.dimoo.server.openai;

import ai.dimoo.GeneratedPicture;
import ai.dimoo.server.exchange.EventStream;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/// The events of pictures as they form. Belongs to one answer.
final class PictureEvents implements JobExchange.Events<PictureProgress, List<GeneratedPicture>> {

  private final PictureAnswers answers;
  private final BitSet sent = new BitSet();

  PictureEvents(PictureAnswers answers) {
    this.answers = answers;
  }

  @Override
  public void waiting(EventStream out, int before) throws IOException {
    QueuedEvent.send(out, answers.form().progress(), before);
  }

  @Override
  public void progressed(EventStream out, PictureProgress progress) throws IOException {
    switch (progress) {
      case PictureProgress.Stepped step -> stepped(out, step);
      case PictureProgress.Finished(int picture, GeneratedPicture result) ->
          finished(out, picture, result);
    }
  }

  private void stepped(EventStream out, PictureProgress.Stepped step) throws IOException {
    if (step.preview() != null) {
      out.send(answers.partialName(), answers.partial(step));
    }
    if (answers.form().progress()) {
      out.send("dimoo.progress", PictureAnswers.step(step));
    } else if (step.preview() == null) {
      out.heartbeat();
    }
  }

  private void finished(EventStream out, int picture, GeneratedPicture result) throws IOException {
    out.send(answers.completedName(), answers.completed(picture, result));
    sent.set(picture);
  }

  /// A request sent again that joins its job late has missed the first of several pictures.
  @Override
  public void done(EventStream out, List<GeneratedPicture> pictures) throws IOException {
    for (int i = sent.nextClearBit(0); i < pictures.size(); i = sent.nextClearBit(i)) {
      finished(out, i, pictures.get(i));
    }
  }
}
