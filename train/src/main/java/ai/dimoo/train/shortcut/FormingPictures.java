package ai.dimoo.train.shortcut;

import ai.dimoo.diffusion.FeaturePair;
import ai.dimoo.diffusion.FeatureRun;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// One of several places in which pictures form side by side, one after another: gives the pairs of
/// features of step after step. Where it stands is two numbers, from which it goes on as if it had
/// never stopped: the picture is begun again and sampled up to there.
///
/// Not thread-safe. Owns the picture that forms: close it when training ends.
final class FormingPictures implements AutoCloseable {

  private final LongFunction<FeatureRun> begin;
  private final int places;
  private long picture;
  private long taken; // steps of this picture
  private @Nullable FeatureRun run;

  /// Begins with the picture of its own number, at a step of its own, so that no two places are at
  /// the same point of their pictures.
  ///
  /// @param begin begins the picture of a number
  /// @param place 0 … places − 1
  /// @param timesteps of a picture
  FormingPictures(LongFunction<FeatureRun> begin, int place, int places, int timesteps) {
    this.begin = begin;
    this.places = places;
    goOnAt(place, (long) place * timesteps / places);
  }

  /// The pairs of the next step that has any: one for each branch of guidance. Their tensors belong
  /// to the caller's `PointerScope`.
  List<FeaturePair> next() {
    while (true) {
      if (run == null) {
        run = begin.apply(picture);
        run.skip((int) taken);
      }
      if (run.finished()) {
        goOnAt(picture + places, 0);
        continue;
      }
      List<FeaturePair> pairs = run.step();
      taken++;
      if (!pairs.isEmpty()) {
        return pairs;
      }
    }
  }

  /// The number of the picture that forms.
  long picture() {
    return picture;
  }

  /// Steps taken of it.
  long taken() {
    return taken;
  }

  /// Goes on elsewhere.
  void goOnAt(long picture, long taken) {
    close();
    this.picture = picture;
    this.taken = taken;
  }

  @Override
  public void close() {
    if (run != null) {
      run.close();
      run = null;
    }
  }
}
