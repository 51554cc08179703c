package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.ImageRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs trials of which the pupil makes the first pictures side by side, and takes note of pictures
/// and time. For one thread.
final class TrialRunner {

  /// What became of a trial.
  ///
  /// @param picture the last that was made; null: none was
  record Ran(Outcome outcome, @Nullable Picture picture) {}

  private final Pupil pupil;
  private final List<Double> seconds = new ArrayList<>();

  TrialRunner(Pupil pupil) {
    this.pupil = pupil;
  }

  /// Runs them.
  ///
  /// @return what became of each, in their order
  List<Ran> run(List<Trial> trials) {
    List<Optional<ImageRequest>> first = trials.stream().map(TrialRunner::firstRequest).toList();
    List<ImageRequest> requests = first.stream().flatMap(Optional::stream).toList();
    Deque<Picture> made = new ArrayDeque<>(timed(requests.size(), () -> pupil.pictures(requests)));
    List<Ran> ran = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      Watched watched = new Watched(first.get(i).isPresent() ? made.removeFirst() : null);
      Outcome outcome = trials.get(i).run(watched);
      ran.add(new Ran(outcome, watched.last));
    }
    return ran;
  }

  /// How long a picture or an answer took, the median; not a number if there was none. Of pictures
  /// that were made side by side each took its share of the time of all.
  double medianSeconds() {
    List<Double> sorted = seconds.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }

  private <T> T timed(int count, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    double each = (System.nanoTime() - start) / 1e9 / count;
    for (int i = 0; i < count; i++) {
      seconds.add(each);
    }
    return result;
  }

  /// The picture that a trial asks for before all else; empty if it begins with something else.
  private static Optional<ImageRequest> firstRequest(Trial trial) {
    try {
      trial.run(new Listening());
      return Optional.empty();
    } catch (Heard heard) {
      return Optional.ofNullable(heard.request);
    }
  }

  /// The pupil, with one picture made beforehand.
  private final class Watched implements Pupil {
    private @Nullable Picture ready;
    private @Nullable Picture last;

    Watched(@Nullable Picture ready) {
      this.ready = ready;
    }

    @Override
    public Picture picture(ImageRequest request) {
      Picture picture = ready != null ? ready : timed(1, () -> pupil.picture(request));
      ready = null;
      last = picture;
      return picture;
    }

    @Override
    public String answer(Ask question) {
      return timed(1, () -> pupil.answer(question));
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

  /// Ends a trial at the first thing that it asks.
  private static final class Listening implements Pupil {

    @Override
    public Picture picture(ImageRequest request) {
      throw new Heard(request);
    }

    @Override
    public String answer(Ask question) {
      throw new Heard(null);
    }

    @Override
    public int[] codes(Picture picture) {
      throw new Heard(null);
    }

    @Override
    public Picture decoded(int[] codes) {
      throw new Heard(null);
    }
  }

  private static final class Heard extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient @Nullable ImageRequest request;

    Heard(@Nullable ImageRequest request) {
      super(null, null, false, false);
      this.request = request;
    }
  }
}
