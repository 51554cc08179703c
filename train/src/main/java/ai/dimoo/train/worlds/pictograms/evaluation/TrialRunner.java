package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.ImageRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs trials side by side, each on a thread, and takes note of pictures and time. For one thread
/// to call.
final class TrialRunner {

  /// What became of a trial.
  ///
  /// @param picture the last that was made; null: none was
  record Ran(Outcome outcome, @Nullable Picture picture) {}

  private final Pupil pupil;
  private final int sideBySide;
  private final List<Double> seconds = new ArrayList<>(); // guarded by itself

  /// @param sideBySide trials at the same time, at least 1
  TrialRunner(Pupil pupil, int sideBySide) {
    this.pupil = pupil;
    this.sideBySide = sideBySide;
  }

  /// Runs them. What a trial throws is thrown here, and ends the others.
  ///
  /// @param each is told what became of each of them, in their order
  /// @throws CancellationException if the calling thread is interrupted
  void run(List<Trial> trials, Consumer<Ran> each) {
    int together = Math.min(sideBySide, trials.size());
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, together), Thread.ofPlatform().name("trials-", 1).daemon(true).factory());
    try {
      Deque<Future<Ran>> running = new ArrayDeque<>(); // none is kept that was told
      trials.forEach(trial -> running.add(threads.submit(() -> run(trial, together))));
      while (!running.isEmpty()) {
        each.accept(running.removeFirst().get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while trials were running");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw new IllegalStateException(e.getCause());
      }
    } finally {
      threads.shutdownNow();
      threads.close();
    }
  }

  private Ran run(Trial trial, int together) {
    Watched watched = new Watched(together);
    Outcome outcome = trial.run(watched);
    return new Ran(outcome, watched.last);
  }

  /// How long a picture or an answer took, the median; not a number if there was none. What was
  /// made beside others took its share of their time.
  double medianSeconds() {
    List<Double> sorted = seconds.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }

  /// The pupil, timed. For one thread.
  private final class Watched implements Pupil {
    private final int together;
    private @Nullable Picture last;

    Watched(int together) {
      this.together = together;
    }

    @Override
    public Picture picture(ImageRequest request) {
      Picture picture = timed(() -> pupil.picture(request));
      last = picture;
      return picture;
    }

    @Override
    public String answer(Ask question) {
      return timed(() -> pupil.answer(question));
    }

    private <T> T timed(Supplier<T> work) {
      long start = System.nanoTime();
      T result = work.get();
      double share = (System.nanoTime() - start) / 1e9 / together;
      synchronized (seconds) {
        seconds.add(share);
      }
      return result;
    }

    @Override
    public int[] codes(Picture picture) {
      return pupil.codes(picture);
    }

    @Override
    public Picture decoded(int[] codes) {
      return pupil.decoded(codes);
    }

    @Override
    public Picture roundTrip(Picture picture) {
      return pupil.roundTrip(picture);
    }
  }
}
