package ai.dimoo.server.openai;

import ai.dimoo.GeneratedPicture;
import ai.dimoo.server.exchange.HeapRoom;
import ai.dimoo.server.exchange.RequestRecord;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/// `/v1/images/…`: pictures, at once or as they form.
public final class ImagesApi {

  private final ServedModel served;

  /// Pictures of a model.
  public ImagesApi(ServedModel served) {
    this.served = served;
  }

  /// `POST /v1/images/generations`
  public void generations(Context context) throws IOException, InterruptedException {
    PictureOrder order = GenerationOrder.read(Fields.of(context.bodyAsBytes()), served);
    answer(context, order, "image_generation");
  }

  /// `POST /v1/images/edits`
  public void edits(Context context) throws IOException, InterruptedException {
    EditForm form = EditForm.of(context, served);
    try (HeapRoom.Held held = served.hold(form.pictures())) {
      answer(context, EditOrder.read(form, served), "image_edit");
    }
  }

  private void answer(Context context, PictureOrder order, String events)
      throws IOException, InterruptedException {
    RequestRecord record = RequestRecord.of(context);
    record.describe(order.requests(), served.dimoo().defaults());
    PictureAnswers answers = new PictureAnswers(order.form(), events, order.warnings());
    try (JobExchange<PictureProgress, List<GeneratedPicture>> exchange =
        JobExchange.begin(
            context,
            served.queue(),
            order.key(),
            (progress, cancelled) -> order.make(served, progress, cancelled))) {
      if (order.form().stream()) {
        exchange.stream(new PictureEvents(answers));
      } else {
        exchange.answer(answers::all);
      }
    }
  }
}
