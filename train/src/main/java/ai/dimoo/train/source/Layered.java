package ai.dimoo.train.source;

import ai.dimoo.image.Box;
import ai.dimoo.image.Picture;
import java.util.Arrays;

/// A picture whose things are known apart from what lies behind them. Codes of tiles are made of
/// it: a tile at the edge of a thing has one code before every background, so that there are fewer
/// codes to spend and less to learn. Immutable.
public final class Layered {

  /// What things are painted on where their own layer is needed.
  public static final int GREY = 0x808080;

  private final Picture picture;
  private final Picture things;
  private final byte[] coverage;

  /// @param picture what is seen
  /// @param things the same things on plain [#GREY]
  /// @param coverage for each pixel, row by row, how much of it things cover, 0..255 unsigned;
  ///   copied
  /// @throws IllegalArgumentException if the three are not of one size
  public Layered(Picture picture, Picture things, byte[] coverage) {
    if (!picture.size().equals(things.size())
        || coverage.length != picture.width() * picture.height()) {
      throw new IllegalArgumentException(
          "%s, things on %s, coverage of %d pixels"
              .formatted(picture.size(), things.size(), coverage.length));
    }
    this.picture = picture;
    this.things = things;
    this.coverage = coverage.clone();
  }

  /// A picture of one layer, which counts as background: its tiles are what they look like.
  public static Layered of(Picture picture) {
    return new Layered(picture, picture, new byte[picture.width() * picture.height()]);
  }

  /// What is seen.
  public Picture picture() {
    return picture;
  }

  /// The things on plain [#GREY].
  public Picture things() {
    return things;
  }

  /// How much of each pixel things cover, row by row, 0..255 unsigned: a copy.
  public byte[] coverage() {
    return coverage.clone();
  }

  /// A part of it.
  ///
  /// @param box inside it
  public Layered cropped(Box box) {
    byte[] covered = new byte[box.width() * box.height()];
    for (int row = 0; row < box.height(); row++) {
      int from = (box.y() + row) * picture.width() + box.x();
      System.arraycopy(coverage, from, covered, row * box.width(), box.width());
    }
    return new Layered(cropped(picture, box), cropped(things, box), covered);
  }

  private static Picture cropped(Picture whole, Box box) {
    byte[] rgb = whole.toBytes();
    byte[] part = new byte[3 * box.width() * box.height()];
    for (int row = 0; row < box.height(); row++) {
      int from = 3 * ((box.y() + row) * whole.width() + box.x());
      System.arraycopy(rgb, from, part, 3 * row * box.width(), 3 * box.width());
    }
    return Picture.of(box.width(), box.height(), part);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Layered l
        && l.picture.equals(picture)
        && l.things.equals(things)
        && Arrays.equals(l.coverage, coverage);
  }

  @Override
  public int hashCode() {
    return picture.hashCode();
  }

  @Override
  public String toString() {
    return "Layered[" + picture + "]";
  }
}
