package ai.dimoo.train.worlds.pictograms.scene;

/// The sorts of scene that the generator draws.
public enum SceneKind {
  /// One thing, mostly large.
  SINGLE,
  /// Two different things anywhere.
  PAIR,
  /// Two different things, one right beside, above or below the other.
  RELATION,
  /// Two different things, one partly hidden by the other.
  FRONT,
  /// Two to four of one thing; more than two are small.
  COUNT,
  /// Three or four different things, all small.
  GROUP,
  /// One or two dyed things or simple shapes.
  COLOURED,
  /// One or two things, all shown otherwise than their artists drew them.
  RENDERED,
  /// A word, alone or with a thing.
  WORD,
  /// One or two people of our own drawing.
  FIGURE
}
