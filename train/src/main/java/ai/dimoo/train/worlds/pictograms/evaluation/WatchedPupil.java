package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.ImageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Another pupil, with a note of how long it took and of its last picture. For one thread.
final class WatchedPupil implements Pupil {

  private final Pupil pupil;
  private final List<Double> seconds = new ArrayList<>();
  private @Nullable Picture last;

  WatchedPupil(Pupil pupil) {
    this.pupil = pupil;
  }

  @Override
  public Picture picture(ImageRequest request) {
    last = timed(() -> pupil.picture(request));
    return last;
  }

  @Override
  public String answer(Ask question) {
    return timed(() -> pupil.answer(question));
  }

  private <T> T timed(Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    seconds.add((System.nanoTime() - start) / 1e9);
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

  /// The last picture since this was asked before; null: there was none.
  @Nullable Picture takeLast() {
    Picture picture = last;
    last = null;
    return picture;
  }

  /// Of a picture or an answer; not a number if there was none.
  double medianSeconds() {
    List<Double> sorted = seconds.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }
}
