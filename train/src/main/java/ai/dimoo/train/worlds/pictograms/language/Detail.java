package ai.dimoo.train.worlds.pictograms.language;

/// What is said of an item beside its name. Tints and renderings of things are always said, since a
/// plain name means the plain drawing.
///
/// @param colour whether the colours of shapes, words and shirts are said
/// @param size whether sizes are said
public record Detail(boolean colour, boolean size) {

  /// Colours and no sizes.
  public static final Detail USUAL = new Detail(true, false);

  /// The shortest name.
  public static final Detail NAME = new Detail(false, false);
}
