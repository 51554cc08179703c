package ai.dimoo.server.openai;

import ai.dimoo.GeneratedPicture;
import ai.dimoo.server.exchange.HeapRoom;
import ai.dimoo.server.exchange.RequestRecord;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/// `/v1/images/…`: pictures, at once or as they form.
public final class ImagesApi {

  private final ServedModels models;

  /// Pictures of models.
  public ImagesApi(ServedModels models) {
    this.models = models;
  }

  /// `POST /v1/images/generations`
  public void generations(Context context) throws IOException, InterruptedException {
    Fields fields = Fields.of(context);
    ServedModel served = models.of(fields);
    try (ModelUses.Use use = served.uses().begin()) {
      answer(context, served, GenerationOrder.read(fields, served), "image_generation");
    }
  }

  /// `POST /v1/images/edits`
  public void edits(Context context) throws IOException, InterruptedException {
    EditForm form = EditForm.of(context, models.base());
    ServedModel served = models.of(form.fields());
    try (ModelUses.Use use = served.uses().begin();
        HeapRoom.Held held = served.hold(form.pictures())) {
      answer(context, served, EditOrder.read(form, served), "image_edit");
    }
  }

  private void answer(Context context, ServedModel served, PictureOrder order, String events)
      throws IOException, InterruptedException {
    RequestRecord record = RequestRecord.of(context);
    record.describe(order.requests(), served.dimoo().defaults(), served.adapterName());
    PictureAnswers answers = new PictureAnswers(order.form(), events, order.warnings());
    try (JobExchange<PictureProgress, List<GeneratedPicture>> exchange =
        JobExchange.begin(context, served.queue(), order.key(), order.job(served))) {
      if (order.form().stream()) {
        exchange.stream(new PictureEvents(answers));
      } else {
        exchange.answer(answers::all);
      }
    }
  }
}
