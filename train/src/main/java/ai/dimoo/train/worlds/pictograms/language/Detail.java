package ai.dimoo.train.worlds.pictograms.language;

/// What is said of an item beside its name.
///
/// @param looks whether tints and renderings of things are said
/// @param colour whether the colours of shapes, words and shirts are said
/// @param size whether sizes are said
public record Detail(boolean looks, boolean colour, boolean size) {

  /// Colours and looks, no sizes.
  public static final Detail USUAL = new Detail(true, true, false);

  /// The name alone.
  public static final Detail NAME = new Detail(false, false, false);
}
