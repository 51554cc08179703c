package ai.dimoo.server.openai;

import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.error.UserException;
import ai.dimoo.server.exchange.HttpWording;
import ai.dimoo.server.exchange.Refusal;
import io.javalin.http.Context;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// `/v1/adapters`: adapters are loaded and unloaded while the server runs, where its owner named a
/// folder that they may come from. Thread-safe.
public final class AdaptersApi {

  private final ServedModels models;
  private final @Nullable Path folder;

  /// @param folder where adapters may lie; null: clients may not load or unload any
  public AdaptersApi(ServedModels models, @Nullable Path folder) {
    this.models = models;
    this.folder = folder;
  }

  /// `POST /v1/adapters`: `{"name", "path", "scale"}`
  public void load(Context context) throws IOException {
    Path root = requireFolder();
    Fields fields = Fields.of(context);
    String name = required(fields, "name");
    Path path = inside(root, required(fields, "path"));
    double scale = scale(fields);
    fields.requireAllRead(List.of(), "");
    try {
      ServedModel model = models.load(new NamedAdapter(name, new AdapterChoice(path, scale)));
      context.contentType("application/json").result(ModelsApi.described(model).toString());
    } catch (UserException e) { // clients need not know where the folder lies
      String message = e.in(HttpWording.INSTANCE).replace(root + File.separator, "");
      throw Refusal.badRequest(e.fault().field() == null ? "path" : e.fault().field(), message);
    }
  }

  /// `DELETE /v1/adapters/{name}`
  public void unload(Context context, String name) {
    requireFolder();
    String id = models.unload(name);
    context
        .contentType("application/json")
        .result(
            JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "model")
                .put("deleted", true)
                .toString());
  }

  private Path requireFolder() {
    if (folder == null) {
      throw Refusal.of(
          403,
          "adapters_closed",
          "Adapters are loaded and unloaded only if the server was started with --adapters-folder.");
    }
    return folder;
  }

  private static String required(Fields fields, String name) {
    String text = fields.text(name);
    if (text == null || text.isBlank()) {
      throw Refusal.badRequest(
          name,
          "There is no %s: send {\"name\": \"stars\", \"path\": \"FOLDER OF THE ADAPTER\"}."
              .formatted(name));
    }
    return text;
  }

  private static double scale(Fields fields) {
    JsonNode scale = fields.node("scale");
    if (scale == null) {
      return 1;
    }
    if (!scale.isNumber() || !Double.isFinite(scale.doubleValue())) {
      throw Refusal.badRequest(
          "scale",
          "scale is %s; expected a number, 1 as it was trained."
              .formatted(Fields.shown(scale.toString())));
    }
    return scale.doubleValue();
  }

  /// An adapter's folder within the root, none of whose files is a link out of it. What lies
  /// outside and what is not there are told in the same words.
  private static Path inside(Path root, String text) throws IOException {
    try {
      Path path = root.resolve(text).normalize();
      Path real = root.toRealPath();
      if (path.startsWith(root) && !path.equals(root) && Files.isDirectory(path)) {
        try (Stream<Path> files = Files.list(path)) {
          boolean within = path.toRealPath().startsWith(real);
          for (Path file : files.toList()) {
            within &= file.toRealPath().startsWith(real);
          }
          if (within) {
            return path;
          }
        }
      }
    } catch (IOException | InvalidPathException e) {
      // said below
    }
    throw Refusal.badRequest(
        "path",
        "path is \"%s\"; expected an adapter's folder within the server's --adapters-folder, such as stars."
            .formatted(Fields.shown(text)));
  }
}
