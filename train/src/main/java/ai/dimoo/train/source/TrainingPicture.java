package ai.dimoo.train.source;

import ai.dimoo.image.Box;
import ai.dimoo.image.Picture;
import java.util.Arrays;

/// A picture to train on, and where in it to look harder: losses and scores weigh the foreground
/// more, or backgrounds would fill them. Immutable.
public final class TrainingPicture {

  private final Layered layers;
  private final boolean[] foreground;

  /// @param layers what is seen
  /// @param foreground for each pixel, row by row, whether it matters more: it lies in the box of
  ///   an object, or in what an edit changed; copied
  /// @throws IllegalArgumentException if there are not as many flags as pixels
  public TrainingPicture(Layered layers, boolean[] foreground) {
    Picture picture = layers.picture();
    if (foreground.length != picture.width() * picture.height()) {
      throw new IllegalArgumentException(
          "%d flags for %d x %d pixels"
              .formatted(foreground.length, picture.width(), picture.height()));
    }
    this.layers = layers;
    this.foreground = foreground.clone();
  }

  /// A picture of one layer.
  public TrainingPicture(Picture picture, boolean[] foreground) {
    this(Layered.of(picture), foreground);
  }

  /// A picture of one layer, of which no part matters more than another.
  public static TrainingPicture of(Picture picture) {
    return new TrainingPicture(picture, new boolean[picture.width() * picture.height()]);
  }

  /// What is seen.
  public Picture picture() {
    return layers.picture();
  }

  /// What is seen, with its things apart.
  public Layered layers() {
    return layers;
  }

  /// For each pixel, row by row, whether it matters more: a copy.
  public boolean[] foreground() {
    return foreground.clone();
  }

  /// How many of its pixels matter more.
  public int foregroundPixels() {
    int count = 0;
    for (boolean matters : foreground) {
      count += matters ? 1 : 0;
    }
    return count;
  }

  /// A part of it.
  ///
  /// @param box inside it
  public TrainingPicture cropped(Box box) {
    boolean[] matters = new boolean[box.width() * box.height()];
    for (int row = 0; row < box.height(); row++) {
      int from = (box.y() + row) * picture().width() + box.x();
      System.arraycopy(foreground, from, matters, row * box.width(), box.width());
    }
    return new TrainingPicture(layers.cropped(box), matters);
  }

  /// For each tile, row by row, whether a pixel of it matters more.
  ///
  /// @param columns tiles in a row of the picture
  /// @param rows rows of tiles
  public boolean[] foregroundTiles(int rows, int columns) {
    boolean[] tiles = new boolean[rows * columns];
    int width = picture().width();
    int height = picture().height();
    for (int i = 0; i < foreground.length; i++) {
      int row = i / width * rows / height;
      tiles[row * columns + i % width * columns / width] |= foreground[i];
    }
    return tiles;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrainingPicture p
        && p.layers.equals(layers)
        && Arrays.equals(p.foreground, foreground);
  }

  @Override
  public int hashCode() {
    return layers.hashCode();
  }

  @Override
  public String toString() {
    return "TrainingPicture[" + picture() + "]";
  }
}
