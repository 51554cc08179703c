package ai.dimoo.server.openai;

import ai.dimoo.GeneratedPicture;
import ai.dimoo.server.exchange.EventStream;
import java.io.IOException;
import java.util.List;

/// The events of pictures as they form.
record PictureEvents(PictureAnswers answers)
    implements JobExchange.Events<PictureProgress, List<GeneratedPicture>> {

  @Override
  public void progressed(EventStream out, PictureProgress progress) throws IOException {
    switch (progress) {
      case PictureProgress.Stepped step -> stepped(out, step);
      case PictureProgress.Finished finished ->
          out.send(answers.completedName(), answers.completed(finished.result()));
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

  @Override
  public void done(EventStream out, List<GeneratedPicture> pictures) {
    // each was sent when it was finished
  }
}
