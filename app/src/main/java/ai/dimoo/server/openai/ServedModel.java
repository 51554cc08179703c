package ai.dimoo.server.openai;

import ai.dimoo.Dimoo;
import ai.dimoo.image.Size;
import ai.dimoo.server.exchange.HeapRoom;
import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.job.JobQueue;
import ai.dimoo.server.metrics.ServerMetrics;
import ai.dimoo.server.remote.RemotePictures;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model behind the server, perhaps with an adapter.
///
/// @param name what clients call it
/// @param dimoo the model, which somebody else closes
/// @param service what it shares with the server's other models
/// @param since when the server began to serve it
/// @param uses counts who needs the model
/// @param adapter what it has beside the model that the server was started with; null: nothing
public record ServedModel(
    String name,
    Dimoo dimoo,
    Service service,
    Instant since,
    ModelUses uses,
    @Nullable NamedAdapter adapter) {

  /// A model without an adapter, which its owner frees, since now.
  public static ServedModel bare(Dimoo dimoo, Service service) {
    return new ServedModel(
        dimoo.model().name(), dimoo, service, Instant.now(), ModelUses.ofOwner(), null);
  }

  /// The same with an adapter, since now.
  ServedModel adapted(String id, Dimoo view, ModelUses itsUses, @Nullable NamedAdapter added) {
    return new ServedModel(id, view, service, Instant.now(), itsUses, added);
  }

  /// The name of its adapter, for logs; null: it has none.
  public @Nullable String adapterName() {
    return adapter == null ? null : adapter.name();
  }

  /// Bytes of a decoded pixel.
  private static final int PIXEL = 4;

  /// What it has to do.
  public JobQueue queue() {
    return service.queue();
  }

  /// What requests may take.
  public Limits limits() {
    return service.limits();
  }

  /// Counts what it makes.
  ServerMetrics metrics() {
    return service.metrics();
  }

  /// Gets the pictures that one request names by URL.
  public PictureUrls pictureUrls() {
    boolean fetches = service.trust().imageUrls();
    return new PictureUrls(fetches ? new RemotePictures(limits().bodyBytes()) : null);
  }

  /// Whether settings within a prompt reach the sampler.
  boolean promptTag() {
    return service.trust().promptSettings();
  }

  /// Takes the room for pictures that are going to be decoded. What is too large for itself is left
  /// to be refused by name.
  ///
  /// @throws ai.dimoo.server.exchange.Refusal if there is no room
  public HeapRoom.Held hold(List<InputPicture> pictures) {
    long pixels = 0;
    for (InputPicture picture : pictures) {
      Size size = picture.size();
      pixels += Math.min((long) size.width() * size.height(), limits().inputPixels());
    }
    return service.decoded().hold(PIXEL * pixels);
  }
}
