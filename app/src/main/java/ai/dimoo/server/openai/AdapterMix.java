package ai.dimoo.server.openai;

import ai.dimoo.Dimoo;
import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.job.JobRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The adapters that one request chooses for itself, one on top of the other, each by as much as it
/// says. They stay as long as this is not closed. Thread-safe; whoever made it closes it.
public final class AdapterMix implements AutoCloseable {

  private final ServedModel base;
  private final List<Part> parts;
  private final List<ModelUses.Use> uses = new ArrayList<>();

  /// One of the adapters.
  ///
  /// @param name of the adapter
  /// @param scale times the one at which the server has it
  public record Share(String name, double scale) {

    @Override
    public String toString() {
      return scale == 1 ? name : String.format(Locale.ROOT, "%s:%s", name, scale);
    }
  }

  private record Part(ServedModel model, Share share) {

    AdapterChoice choice() {
      AdapterChoice offered = Objects.requireNonNull(model.adapter()).choice();
      return new AdapterChoice(offered.folder(), offered.scale() * share.scale());
    }
  }

  private AdapterMix(ServedModel base, List<Part> parts) {
    this.base = base;
    this.parts = parts;
    try {
      parts.forEach(part -> uses.add(part.model().uses().begin()));
    } catch (Refusal e) { // one of them is just being unloaded
      close();
      throw e;
    }
  }

  /// The adapters of a request.
  ///
  /// @param field what names them, for messages
  /// @throws Refusal if there is no such adapter
  public static AdapterMix of(List<Share> shares, ServedModels models, String field) {
    List<Part> parts =
        shares.stream().map(share -> new Part(models.adapted(share.name(), field), share)).toList();
    return new AdapterMix(models.base(), parts);
  }

  /// Their names and scales; null: there are none.
  public @Nullable String names() {
    return parts.isEmpty()
        ? null
        : parts.stream().map(part -> part.share().toString()).collect(Collectors.joining(","));
  }

  /// A request to the model that they make. What the server does not have in memory in this way is
  /// loaded when its turn comes.
  ///
  /// @param of the request to a model
  public <P, R> JobRequest<P, R> job(Function<ServedModel, JobRequest<P, R>> of) {
    if (parts.isEmpty()) {
      return of.apply(base);
    }
    Part first = parts.getFirst();
    if (parts.size() == 1 && first.share().scale() == 1) {
      return of.apply(first.model());
    }
    List<AdapterChoice> choices = parts.stream().map(Part::choice).toList();
    return (progress, cancelled) -> {
      try (Dimoo view = base.dimoo().withAdapters(choices)) {
        ServedModel adapted = base.adapted(base.name(), view, ModelUses.ofOwner(), null);
        return of.apply(adapted).make(progress, cancelled);
      }
    };
  }

  /// Lets the adapters go.
  @Override
  public synchronized void close() {
    uses.forEach(ModelUses.Use::close);
    uses.clear();
  }
}
