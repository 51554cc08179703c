package ai.dimoo.server.openai;

import ai.dimoo.Answer;
import ai.dimoo.Dimoo;
import ai.dimoo.GeneratedPicture;
import ai.dimoo.ProgressListener;
import ai.dimoo.Step;
import ai.dimoo.image.Size;
import ai.dimoo.request.Ask;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.server.exchange.HeapRoom;
import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Trust;
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
/// @param queue what it has to do
/// @param limits what requests may take
/// @param since when the server began to serve it
/// @param metrics counts what it makes
/// @param decoded the memory for decoded input pictures
/// @param trust how far what clients send is followed
/// @param uses counts who needs the model
/// @param adapter what it has beside the model that the server was started with; null: nothing
public record ServedModel(
    String name,
    Dimoo dimoo,
    JobQueue queue,
    Limits limits,
    Instant since,
    ServerMetrics metrics,
    HeapRoom decoded,
    Trust trust,
    ModelUses uses,
    @Nullable NamedAdapter adapter) {

  /// A model without an adapter, which its owner frees.
  public ServedModel(
      String name,
      Dimoo dimoo,
      JobQueue queue,
      Limits limits,
      Instant since,
      ServerMetrics metrics,
      HeapRoom decoded,
      Trust trust) {
    this(name, dimoo, queue, limits, since, metrics, decoded, trust, ModelUses.ofOwner(), null);
  }

  /// The same with an adapter, since now.
  ServedModel adapted(String id, Dimoo view, ModelUses itsUses, @Nullable NamedAdapter added) {
    return new ServedModel(
        id, view, queue, limits, Instant.now(), metrics, decoded, trust, itsUses, added);
  }

  /// The name of its adapter, for logs; null: it has none.
  public @Nullable String adapterName() {
    return adapter == null ? null : adapter.name();
  }

  /// Bytes of a decoded pixel.
  private static final int PIXEL = 4;

  /// Gets the pictures that one request names by URL.
  public PictureUrls pictureUrls() {
    return new PictureUrls(trust.imageUrls() ? new RemotePictures(limits.bodyBytes()) : null);
  }

  /// Whether settings within a prompt reach the sampler.
  boolean promptTag() {
    return trust.promptSettings();
  }

  /// Takes the room for pictures that are going to be decoded. What is too large for itself is left
  /// to be refused by name.
  ///
  /// @throws ai.dimoo.server.exchange.Refusal if there is no room
  public HeapRoom.Held hold(List<InputPicture> pictures) {
    long pixels = 0;
    for (InputPicture picture : pictures) {
      Size size = picture.size();
      pixels += Math.min((long) size.width() * size.height(), limits.inputPixels());
    }
    return decoded.hold(PIXEL * pixels);
  }

  /// Makes a picture, and counts it. For the queue's thread.
  public GeneratedPicture generate(ImageRequest request, ProgressListener listener) {
    try (ModelUses.Use use = uses.begin()) {
      GeneratedPicture picture = dimoo.generate(request, counting(listener));
      metrics.made(picture);
      return picture;
    }
  }

  /// Answers a question, and counts it. For the queue's thread.
  public Answer ask(Ask request, ProgressListener listener) {
    try (ModelUses.Use use = uses.begin()) {
      Answer answer = dimoo.ask(request, counting(listener));
      metrics.made(answer);
      return answer;
    }
  }

  private ProgressListener counting(ProgressListener listener) {
    return new ProgressListener() {
      @Override
      public void onStep(Step step) {
        metrics.step();
        listener.onStep(step);
      }

      @Override
      public boolean cancelled() {
        return listener.cancelled();
      }
    };
  }
}
