package ai.dimoo.train.worlds.pictograms.scene;

import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Pose;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import ai.dimoo.train.worlds.pictograms.things.SimpleShape;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import org.jspecify.annotations.Nullable;

/// What can stand in a scene. Immutable.
public sealed interface Subject {

  /// The one colour that it has: a tint, or the colour of a shape or word; null: its own colours.
  @Nullable Colour colour();

  /// A thing as an artist drew it.
  ///
  /// @param rendering how the drawing is shown
  /// @param tint the colour that it is dyed in; null: its own colours
  record Pictogram(Thing thing, Artist artist, Rendering rendering, @Nullable Colour tint)
      implements Subject {

    /// The drawing as its artist made it.
    public static Pictogram plain(Thing thing, Artist artist) {
      return new Pictogram(thing, artist, Rendering.PLAIN, null);
    }

    @Override
    public @Nullable Colour colour() {
      return tint;
    }

    /// The same thing by another artist.
    public Pictogram by(Artist other) {
      return new Pictogram(thing, other, rendering, tint);
    }

    /// The same drawing shown otherwise.
    public Pictogram as(Rendering other) {
      return new Pictogram(thing, artist, other, tint);
    }

    /// The same drawing dyed otherwise; null gives its own colours back.
    public Pictogram tinted(@Nullable Colour other) {
      return new Pictogram(thing, artist, rendering, other);
    }

    @Override
    public String toString() {
      String how = rendering == Rendering.PLAIN ? "" : " " + rendering;
      return thing.key() + " by " + artist + how + (tint == null ? "" : " in " + tint);
    }
  }

  /// A simple shape of one colour.
  record Simple(SimpleShape shape, Colour colour) implements Subject {}

  /// Capital letters or digits in a row, each one token wide and two high.
  ///
  /// @param letters 2 to 4 of A to Z and 0 to 9
  record Word(String letters, Colour colour) implements Subject {

    /// The most letters that fit into a row.
    public static final int MOST_LETTERS = 4;

    public Word {
      if (!letters.matches("[A-Z0-9]{2," + MOST_LETTERS + "}")) {
        throw new IllegalArgumentException(
            "the word '" + letters + "'; expected 2 to 4 capital letters or digits");
      }
    }
  }

  /// A person of our own drawing.
  record Figure(Pose pose, Colour shirt) implements Subject {
    @Override
    public Colour colour() {
      return shirt;
    }
  }
}
