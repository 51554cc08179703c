package ai.dimoo.train.metrics;

import ai.dimoo.image.ContactSheet;
import ai.dimoo.image.Picture;
import ai.dimoo.image.SquaredError;
import ai.dimoo.train.source.TrainingPicture;
import java.util.ArrayList;
import java.util.List;

/// Pictures beside what a VQ model made of them.
///
/// @param originals what it was given
/// @param decoded the same after encoding, choosing codes and decoding
public record Reconstructions(List<TrainingPicture> originals, List<Picture> decoded) {

  /// Copies the lists.
  public Reconstructions {
    originals = List.copyOf(originals);
    decoded = List.copyOf(decoded);
  }

  /// The peak signal-to-noise ratio over all pixels of the foreground, in decibels; not a number if
  /// there are none.
  public double foregroundPsnr() {
    SquaredError error = SquaredError.NONE;
    for (int i = 0; i < originals.size(); i++) {
      TrainingPicture original = originals.get(i);
      error =
          error.plus(SquaredError.of(original.picture(), decoded.get(i), original.foreground()));
    }
    return error.psnr();
  }

  /// The least peak signal-to-noise ratio of a picture, over all its pixels, in decibels.
  public double leastPsnr() {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < originals.size(); i++) {
      SquaredError error = SquaredError.of(originals.get(i).picture(), decoded.get(i));
      least = Math.min(least, error.psnr());
    }
    return least;
  }

  /// Originals and, below each row of them, what was decoded.
  public Picture sheet(int columns) {
    List<Picture> pictures = originals.stream().map(TrainingPicture::picture).toList();
    List<Picture> cells = new ArrayList<>();
    for (int from = 0; from + columns <= pictures.size(); from += columns) {
      cells.addAll(pictures.subList(from, from + columns));
      cells.addAll(decoded.subList(from, from + columns));
    }
    return ContactSheet.of(cells, columns, 4, 2);
  }
}
