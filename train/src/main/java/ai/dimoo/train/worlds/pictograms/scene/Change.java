package ai.dimoo.train.worlds.pictograms.scene;

import org.jspecify.annotations.Nullable;

/// Two scenes that differ in exactly one way. Immutable.
///
/// @param old what is changed in the first scene, an item that its name alone names there; null
///   where something is added or the background changes
/// @param fresh what is new in the second scene; null where something is removed or the background
///   changes
public record Change(
    Kind kind, Scene before, Scene after, @Nullable Item old, @Nullable Item fresh) {

  /// What is different.
  public enum Kind {
    /// One item more.
    ADD,
    /// One item less.
    REMOVE,
    /// Another thing at the same place, of the same size and by the same artist.
    REPLACE,
    /// Another background.
    BACKGROUND,
    /// Another word at the same place.
    TEXT,
    /// The same in another colour.
    COLOUR,
    /// The same larger or smaller, sharing a corner or edge of its box.
    SIZE,
    /// The same elsewhere.
    MOVE,
    /// Another number of equal things: the first ones stay.
    COUNT,
    /// The same shown otherwise than its artist drew it, or drawn plainly again.
    RENDERING
  }

  /// The item that is changed.
  ///
  /// @throws IllegalStateException if the change has none
  public Item changed() {
    if (old == null) {
      throw new IllegalStateException(kind + " changes no item");
    }
    return old;
  }

  /// What is new.
  ///
  /// @throws IllegalStateException if the change has nothing new
  public Item added() {
    if (fresh == null) {
      throw new IllegalStateException(kind + " adds no item");
    }
    return fresh;
  }
}
