package ai.dimoo.server.openai;

import ai.dimoo.Answer;
import ai.dimoo.GeneratedPicture;
import ai.dimoo.server.exchange.EventStream;
import ai.dimoo.server.exchange.HeapRoom;
import ai.dimoo.server.exchange.RequestRecord;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/// `/v1/chat/completions`: questions about pictures, and pictures as answers.
public final class ChatApi {

  private final ServedModels models;

  /// Chats with models.
  public ChatApi(ServedModels models) {
    this.models = models;
  }

  /// `POST /v1/chat/completions`
  public void completions(Context context) throws IOException, InterruptedException {
    Fields fields = Fields.of(context);
    ServedModel served = models.of(fields);
    ChatForm form = ChatForm.of(fields);
    PictureUrls urls = served.pictureUrls();
    ChatMessages messages = ChatMessages.of(fields, served.limits(), urls);
    try (ModelUses.Use use = served.uses().begin()) {
      if (form.picture()) {
        EditForm edit = ChatPictureOrder.form(fields, messages, urls);
        try (HeapRoom.Held held = served.hold(edit.pictures())) {
          draw(context, served, form, ChatPictureOrder.read(fields, messages, edit, served));
        }
      } else {
        try (HeapRoom.Held held = served.hold(messages.pictures())) {
          QuestionOrder order = QuestionOrder.read(fields, messages, form.stream(), served);
          answer(context, served, form, order, Digest.of(context.bodyAsBytes()));
        }
      }
    }
  }

  private void answer(
      Context context, ServedModel served, ChatForm form, QuestionOrder order, String key)
      throws IOException, InterruptedException {
    RequestRecord.of(context)
        .describe(order.request(), served.dimoo().defaults(), served.adapterName());
    ChatAnswers answers = ChatAnswers.of(served, order.warnings());
    try (JobExchange<AnswerProgress, Answer> exchange =
        JobExchange.begin(context, served.queue(), key, order.job(served))) {
      if (form.stream()) {
        exchange.stream(new AnswerEvents(answers, form));
      } else {
        exchange.answer(answer -> answers.whole(answer, form.stops()));
      }
    }
  }

  private void draw(Context context, ServedModel served, ChatForm form, PictureOrder order)
      throws IOException, InterruptedException {
    RequestRecord.of(context)
        .describe(order.requests(), served.dimoo().defaults(), served.adapterName());
    ChatAnswers answers = ChatAnswers.of(served, order.warnings());
    try (JobExchange<PictureProgress, List<GeneratedPicture>> exchange =
        JobExchange.begin(context, served.queue(), order.key(), order.job(served))) {
      if (form.stream()) {
        exchange.stream(new ChatPictureEvents(answers, order.form(), form.usage()));
      } else {
        exchange.answer(pictures ->
            answers.whole(pictures.getFirst(), encoded(pictures.getFirst(), order.form())));
      }
    }
  }

  private static EncodedPicture encoded(GeneratedPicture picture, PictureForm form) {
    return EncodedPicture.of(picture.picture(), picture.toTexts(), form);
  }

  /// The pieces of an answer that is a picture: it comes whole, in one of them.
  private record ChatPictureEvents(ChatAnswers answers, PictureForm form, boolean usage)
      implements JobExchange.Events<PictureProgress, List<GeneratedPicture>> {

    @Override
    public void begun(EventStream out) throws IOException {
      out.send(answers.role());
    }

    @Override
    public void waiting(EventStream out, int before) throws IOException {
      QueuedEvent.send(out, form.progress(), before);
    }

    @Override
    public void progressed(EventStream out, PictureProgress progress) throws IOException {
      out.heartbeat();
    }

    @Override
    public void done(EventStream out, List<GeneratedPicture> pictures) throws IOException {
      GeneratedPicture picture = pictures.getFirst();
      out.send(answers.picture(encoded(picture, form)));
      out.send(answers.end("stop", PictureAnswers.made(picture), picture.notes()));
      if (usage) {
        out.send(answers.counted(ChatAnswers.usage(picture)));
      }
      out.sendDone();
    }
  }
}
