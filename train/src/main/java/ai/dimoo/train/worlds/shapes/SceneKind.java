package ai.dimoo.train.worlds.shapes;

/// The sorts of scene that the generator draws.
public enum SceneKind {
  /// One object of any size.
  SINGLE,
  /// Two objects that differ in shape or colour or both, anywhere.
  PAIR,
  /// Two to five objects that are equal but for their place.
  COUNT,
  /// Two objects of different shapes, one clearly left of, right of, above or below the other.
  RELATION,
  /// Three objects, no two of the same colour and shape.
  TRIO
}
