package ai.dimoo.train.source;

import ai.dimoo.image.Box;
import java.util.List;
import java.util.random.RandomGenerator;

/// Windows of pictures until a step, whole pictures from then on. Most of a picture is background,
/// and a window costs as much less as it is smaller: of some windows at random places the one with
/// the most foreground is taken.
///
/// @param whole the pictures
/// @param side of a window in pixels, at most that of the pictures
/// @param lattice windows begin at multiples of so many pixels
/// @param until the first step of which the pictures are whole
/// @param seed another seed gives other windows
public record WindowedPictures(PictureSource whole, int side, int lattice, long until, long seed)
    implements PictureSource {

  private static final int TRIES = 3;

  @Override
  public List<TrainingPicture> pictures(long step) {
    List<TrainingPicture> pictures = whole.pictures(step);
    if (step >= until) {
      return pictures;
    }
    RandomGenerator random = IndexedRandom.at(seed, step);
    return pictures.stream().map(picture -> window(picture, random)).toList();
  }

  private TrainingPicture window(TrainingPicture picture, RandomGenerator random) {
    TrainingPicture best = picture.cropped(place(picture, random));
    for (int i = 1; i < TRIES; i++) {
      TrainingPicture other = picture.cropped(place(picture, random));
      if (other.foregroundPixels() > best.foregroundPixels()) {
        best = other;
      }
    }
    return best;
  }

  private Box place(TrainingPicture picture, RandomGenerator random) {
    return new Box(
        start(picture.picture().width(), random),
        start(picture.picture().height(), random),
        side,
        side);
  }

  private int start(int length, RandomGenerator random) {
    return lattice * random.nextInt((length - side) / lattice + 1);
  }
}
