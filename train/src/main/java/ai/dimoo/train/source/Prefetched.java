package ai.dimoo.train.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Prepares the examples of the next steps on a thread of its own while a step is computed. The
/// examples are the same, since they depend on the step alone.
///
/// Not thread-safe. Close it before what the source uses.
public final class Prefetched implements ExampleSource, AutoCloseable {

  private final ExampleSource source;
  private final int ahead;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("train-examples").daemon(true).factory());
  private final Map<Place, Future<List<TrainingExample>>> prepared = new HashMap<>();

  private record Place(long step, Share share) {}

  /// @param source called on the thread, for one step after another
  /// @param ahead how many steps are prepared beyond the present one, 1 or more
  public Prefetched(ExampleSource source, int ahead) {
    this.source = source;
    this.ahead = ahead;
  }

  @Override
  public List<TrainingExample> examples(long step, Share share) {
    prepared
        .keySet()
        .removeIf(
            place -> !place.share.equals(share) || place.step < step || place.step > step + ahead);
    for (long next = step; next <= step + ahead; next++) {
      prepared.computeIfAbsent(
          new Place(next, share),
          place -> thread.submit(() -> source.examples(place.step, place.share)));
    }
    try {
      return prepared.remove(new Place(step, share)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while examples were prepared");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /// Waits for the examples that are being prepared, and drops all others.
  @Override
  public void close() {
    prepared.values().forEach(examples -> examples.cancel(false));
    prepared.clear();
    thread.close();
  }
}
