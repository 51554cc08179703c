package ai.dimoo.server.a1111;

import ai.dimoo.GeneratedPicture;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Size;
import ai.dimoo.server.exchange.HeapRoom;
import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.exchange.RequestRecord;
import ai.dimoo.server.openai.AdapterMix;
import ai.dimoo.server.openai.Fields;
import ai.dimoo.server.openai.InputPicture;
import ai.dimoo.server.openai.JobExchange;
import ai.dimoo.server.openai.Orders;
import ai.dimoo.server.openai.PictureProgress;
import ai.dimoo.server.openai.ServedModel;
import ai.dimoo.server.openai.ServedModels;
import io.javalin.http.Context;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `/sdapi/v1/…`: the routes of AUTOMATIC1111's web UI that others ask for. Thread-safe.
public final class A1111Api {

  /// The option that names the model.
  static final String MODEL = "sd_model_checkpoint";

  private final ServedModels models;
  private final ServedModel served;
  private final Map<String, Steps> underWay = new ConcurrentHashMap<>();

  /// How far a client's pictures are.
  private record Steps(int done, int all) {}

  /// Pictures of a model, and of its adapters where prompts name them.
  public A1111Api(ServedModels models) {
    this.models = models;
    served = models.base();
  }

  /// `POST /sdapi/v1/txt2img`
  public void txt2img(Context context) throws InterruptedException {
    A1111Form form = A1111Form.ofWords(Fields.object(context), served);
    answer(context, form, Orders.generation(form.order(), served));
  }

  /// `POST /sdapi/v1/img2img`
  public void img2img(Context context) throws InterruptedException {
    A1111Form form = A1111Form.ofPictures(Fields.object(context), served);
    List<InputPicture> all =
        form.mask() == null
            ? form.images()
            : Stream.concat(form.images().stream(), Stream.of(form.mask())).toList();
    try (HeapRoom.Held held = served.hold(all)) {
      answer(context, form, Orders.edit(form.order(), form.images(), form.mask(), served));
    }
  }

  private void answer(Context context, A1111Form form, Orders.Pictures order)
      throws InterruptedException {
    RequestRecord record = RequestRecord.of(context);
    try (AdapterMix adapters = AdapterMix.of(form.tags().adapters(), models, "prompt")) {
      record.describe(order.requests(), served.dimoo().defaults(), adapters.names());
      answer(context, form, order, adapters);
    } finally {
      underWay.remove(record.client());
    }
  }

  private void answer(Context context, A1111Form form, Orders.Pictures order, AdapterMix adapters)
      throws InterruptedException {
    String client = RequestRecord.of(context).client();
    try (JobExchange<PictureProgress, List<GeneratedPicture>> exchange =
        JobExchange.begin(
            context,
            served.queue(),
            order.key() + form.tags().adapters(),
            adapters.job(order::job))) {
      exchange.answer(
          pictures -> {
            Stream<String> warnings =
                Stream.concat(form.warnings().stream(), order.warnings(pictures).stream());
            return answer(form, pictures, warnings.distinct().toList());
          },
          progress -> note(client, progress, order.requests().size()));
    }
  }

  private void note(String client, PictureProgress progress, int pictures) {
    if (progress instanceof PictureProgress.Stepped step) {
      int done = step.picture() * step.steps() + step.step();
      underWay.put(client, new Steps(done, pictures * step.steps()));
    }
  }

  private static ObjectNode answer(
      A1111Form form, List<GeneratedPicture> pictures, List<String> warnings) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode images = answer.putArray("images");
    ObjectNode info = JsonNodeFactory.instance.objectNode();
    GeneratedPicture first = pictures.getFirst();
    Size size = first.picture().size();
    String prompt = form.tags().with(first.recipe().prompt());
    info.put("prompt", prompt)
        .put("seed", first.seed())
        .put("width", size.width())
        .put("height", size.height())
        .put("batch_size", pictures.size())
        .put("steps", first.recipe().settings().timesteps())
        .put("cfg_scale", first.recipe().settings().cfgScale())
        .put("sd_model_name", first.recipe().model().name());
    ArrayNode seeds = info.putArray("all_seeds");
    ArrayNode prompts = info.putArray("all_prompts");
    ArrayNode texts = info.putArray("infotexts");
    ArrayNode made = info.putArray("dimoo");
    ArrayNode told = info.putArray("warnings");
    for (GeneratedPicture picture : pictures) {
      byte[] file = ImageFiles.encodePng(picture.picture(), picture.toTexts());
      images.add(Base64.getEncoder().encodeToString(file));
      seeds.add(picture.seed());
      prompts.add(prompt);
      texts.add(text(prompt, picture));
      made.add(Orders.made(picture));
    }
    warnings.forEach(told::add);
    answer.set("parameters", form.echoed());
    return answer.put("info", info.toString());
  }

  private static String text(String prompt, GeneratedPicture picture) {
    return "%s\nSteps: %d, CFG scale: %s, Seed: %d, Size: %s, Model: %s"
        .formatted(
            prompt,
            picture.recipe().settings().timesteps(),
            picture.recipe().settings().cfgScale(),
            picture.seed(),
            picture.picture().size(),
            picture.recipe().model().name());
  }

  /// `GET /sdapi/v1/sd-models`
  public void models(Context context) {
    ArrayNode models = JsonNodeFactory.instance.arrayNode();
    models
        .addObject()
        .put("title", served.name())
        .put("model_name", served.name())
        .putNull("hash")
        .putNull("sha256")
        .put("filename", served.name())
        .putNull("config");
    json(context, models.toString());
  }

  /// `GET /sdapi/v1/loras`: the adapters that prompts can name.
  public void loras(Context context) {
    ArrayNode loras = JsonNodeFactory.instance.arrayNode();
    for (String name : models.adapters()) {
      loras
          .addObject()
          .put("name", name)
          .put("alias", name)
          .put("path", name) // where it lies is the server's own affair
          .putObject("metadata");
    }
    json(context, loras.toString());
  }

  /// `GET /sdapi/v1/options`
  public void options(Context context) {
    json(context, options().toString());
  }

  private ObjectNode options() {
    return JsonNodeFactory.instance
        .objectNode()
        .put(MODEL, served.name())
        .put("samples_format", "png");
  }

  /// `POST /sdapi/v1/options`: clients send back what they got, with the model that they want.
  public void setOptions(Context context) {
    ObjectNode wanted = Fields.object(context);
    ObjectNode present = options();
    if (wanted.isEmpty()) {
      throw Refusal.badRequest(MODEL, "There is no option: send %s.".formatted(MODEL));
    }
    Orders.requireKnown(wanted, List.copyOf(present.propertyNames()));
    for (String name : wanted.propertyNames()) {
      if (!wanted.get(name).equals(present.get(name))) {
        throw Refusal.badRequest(
            name, "%s cannot be changed: this server's is %s.".formatted(name, present.get(name)));
      }
    }
    json(context, "{}");
  }

  /// `GET /sdapi/v1/progress`: of the pictures of the client that asks.
  public void progress(Context context) {
    Steps steps = underWay.getOrDefault(RequestRecord.of(context).client(), new Steps(0, 0));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .put("progress", steps.all() == 0 ? 0 : (double) steps.done() / steps.all())
        .put("eta_relative", 0)
        .putNull("current_image")
        .putNull("textinfo");
    answer
        .putObject("state")
        .put("job_count", steps.all() == 0 ? 0 : 1)
        .put("sampling_step", steps.done())
        .put("sampling_steps", steps.all());
    json(context, answer.toString());
  }

  private static void json(Context context, String text) {
    context.contentType("application/json").result(text);
  }
}
