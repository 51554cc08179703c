package ai.dimoo.train.metrics;

import ai.dimoo.image.ContactSheet;
import ai.dimoo.image.Picture;
import ai.dimoo.image.SquaredError;
import ai.dimoo.train.source.TrainingPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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

  /// The peak signal-to-noise ratio, over all its pixels, that a share of the pictures reach, in
  /// decibels.
  ///
  /// @param share 0..1
  public double psnrOf(double share) {
    double[] reached =
        IntStream.range(0, originals.size())
            .mapToDouble(i -> SquaredError.of(originals.get(i).picture(), decoded.get(i)).psnr())
            .sorted()
            .toArray();
    return reached[(int) Math.floor((1 - share) * (reached.length - 1))];
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
