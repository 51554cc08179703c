package ai.dimoo.server.openai;

import ai.dimoo.Dimoo;
import ai.dimoo.error.UserException;
import ai.dimoo.server.exchange.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The models that requests can name: one, and that one with each of its adapters, which share its
/// weights.
///
/// Thread-safe. Whoever made it closes it, before the model, when nobody uses an adapter any more.
public final class ServedModels implements AutoCloseable {

  /// Adapters that may be loaded at once: who may load them shall not fill the memory.
  static final int MOST_ADAPTERS = 64;

  /// What stands between the names of a model and of its adapter.
  private static final String PLUS = "+";

  private final ServedModel base;
  private final Map<String, ServedModel> adapted = new ConcurrentSkipListMap<>(); // by names
  private final ExecutorService freeing = Executors.newVirtualThreadPerTaskExecutor();
  private final Object loading = new Object();

  /// @param base what is used for requests that name no adapter
  public ServedModels(ServedModel base) {
    this.base = base;
  }

  /// The model without adapters.
  public ServedModel base() {
    return base;
  }

  /// All, the bare one first.
  List<ServedModel> all() {
    List<ServedModel> all = new ArrayList<>(List.of(base));
    all.addAll(adapted.values());
    return all;
  }

  /// The model that a request is for. Clients always send some name, often one of OpenAI's: it
  /// means the bare model unless it could be meant for an adapter.
  ///
  /// @throws Refusal if it names an adapter that there is not
  ServedModel of(Fields request) {
    JsonNode model = request.node("model");
    String id = model == null ? "" : model.asString("");
    return id.contains(PLUS) ? named(id) : base;
  }

  /// The model of this name.
  ///
  /// @throws Refusal if there is none
  ServedModel named(String id) {
    for (ServedModel model : all()) {
      if (model.name().equals(id)) {
        return model;
      }
    }
    List<String> ids = all().stream().map(ServedModel::name).toList();
    Optional<String> near = Spelling.nearest(id, ids);
    throw Refusal.of(
        404,
        "model_not_found",
        near.map(name -> "There is no model %s; did you mean %s?".formatted(Fields.shown(id), name))
            .orElseGet(() ->
                "There is no model %s; this server has %s."
                    .formatted(
                        Fields.shown(id),
                        ids.stream().map(n -> '"' + n + '"').collect(Collectors.joining(", ")))));
  }

  /// Loads an adapter, after the picture under way; it is offered when this returns.
  ///
  /// @throws UserException if the name is taken, or the adapter is missing, not usable or of
  ///   another model
  public ServedModel load(NamedAdapter adapter) {
    String name = adapter.name();
    synchronized (loading) {
      if (adapted.containsKey(name)) {
        throw new UserException(
            "There is an adapter %s already: give this one another name, or unload that one."
                .formatted(name));
      }
      if (adapted.size() >= MOST_ADAPTERS) {
        throw new UserException(
            "%d adapters are loaded, and no more may be: unload one first."
                .formatted(adapted.size()));
      }
      Dimoo view = base.dimoo().withAdapters(List.of(adapter.choice()));
      ModelUses uses = ModelUses.freeing(() -> freeing.execute(view::close)); // it may have to wait
      ServedModel model = base.adapted(base.name() + PLUS + name, view, uses, adapter);
      adapted.put(name, model);
      return model;
    }
  }

  /// Offers an adapter no more; requests that have begun keep it until they end.
  ///
  /// @return what it was called as a model
  /// @throws Refusal if there is none of this name
  String unload(String name) {
    ServedModel model = adapted.remove(name);
    if (model == null) {
      throw Refusal.of(404, "adapter_not_found", missing(name));
    }
    model.uses().end();
    return model.name();
  }

  /// Names of the adapters that there are, in their alphabet's order.
  public List<String> adapters() {
    return List.copyOf(adapted.keySet());
  }

  /// The model with an adapter, by the adapter's own name.
  ///
  /// @param field what names it, for messages
  /// @throws Refusal if there is none of this name
  public ServedModel adapted(String name, String field) {
    ServedModel model = adapted.get(name);
    if (model == null) {
      throw Refusal.badRequest(field, "adapter_not_found", missing(name));
    }
    return model;
  }

  private String missing(String name) {
    List<String> names = adapters();
    String instead =
        names.isEmpty()
            ? "this server has none."
            : Spelling.nearest(name, names)
                .map("did you mean %s?"::formatted)
                .orElse("there are %s.".formatted(String.join(", ", names)));
    return "There is no adapter %s; %s".formatted(Fields.shown(name), instead);
  }

  /// Unloads all adapters, and waits until they are freed.
  @Override
  public void close() {
    adapted.keySet().forEach(this::unload);
    freeing.close();
  }
}
