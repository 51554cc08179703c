package ai.dimoo.train.metrics;

import ai.dimoo.image.ContactSheet;
import ai.dimoo.image.Picture;
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
    double squared = 0;
    long count = 0;
    for (int i = 0; i < originals.size(); i++) {
      byte[] a = originals.get(i).picture().toBytes();
      byte[] b = decoded.get(i).toBytes();
      boolean[] foreground = originals.get(i).foreground();
      for (int p = 0; p < foreground.length; p++) {
        for (int c = 0; foreground[p] && c < 3; c++) {
          int difference = (a[3 * p + c] & 0xff) - (b[3 * p + c] & 0xff);
          squared += difference * difference;
          count++;
        }
      }
    }
    return 10 * Math.log10(255.0 * 255.0 * count / squared);
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
