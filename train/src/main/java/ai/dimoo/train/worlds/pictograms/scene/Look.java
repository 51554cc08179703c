package ai.dimoo.train.worlds.pictograms.scene;

import ai.dimoo.train.worlds.pictograms.scene.Subject.Figure;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Pose;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import ai.dimoo.train.worlds.pictograms.things.SimpleShape;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What something must look like, as far as a sentence says. Immutable.
///
/// @param name what it must be
/// @param colour its tint, or the colour of a shape, word or shirt; null: any
/// @param artist who must have drawn it; null: any
/// @param rendering how it must be shown; null: any
/// @param size how large it must be; null: any
public record Look(
    Name name,
    @Nullable Colour colour,
    @Nullable Artist artist,
    @Nullable Rendering rendering,
    @Nullable ItemSize size) {

  /// What something must be.
  public sealed interface Name {
    /// One of these things, any of which will do.
    record OneOf(Set<Thing> things) implements Name {
      public OneOf {
        things = Set.copyOf(things);
      }
    }

    /// A simple shape.
    record OfShape(SimpleShape shape) implements Name {}

    /// A person of our own drawing in this pose.
    record Posing(Pose pose) implements Name {}

    /// These letters.
    record Letters(String letters) implements Name {}
  }

  /// This thing, whatever its colour, artist, rendering and size.
  public static Look of(Thing thing) {
    return new Look(new Name.OneOf(Set.of(thing)), null, null, null, null);
  }

  /// This shape in any colour.
  public static Look of(SimpleShape shape) {
    return new Look(new Name.OfShape(shape), null, null, null, null);
  }

  /// A person in this pose in any shirt.
  public static Look of(Pose pose) {
    return new Look(new Name.Posing(pose), null, null, null, null);
  }

  /// These letters in any colour.
  public static Look of(String letters) {
    return new Look(new Name.Letters(letters), null, null, null, null);
  }

  /// What the subject is, whatever its colour, artist and rendering.
  public static Look named(Subject subject) {
    return switch (subject) {
      case Pictogram pictogram -> of(pictogram.thing());
      case Simple simple -> of(simple.shape());
      case Word word -> of(word.letters());
      case Figure figure -> of(figure.pose());
    };
  }

  /// The subject with all that can be seen of it, in any size.
  public static Look exactly(Subject subject) {
    return switch (subject) {
      case Pictogram p ->
          new Look(new Name.OneOf(Set.of(p.thing())), p.tint(), p.artist(), p.rendering(), null);
      case Simple simple -> of(simple.shape()).in(simple.colour());
      case Word word -> of(word.letters()).in(word.colour());
      case Figure figure -> of(figure.pose()).in(figure.shirt());
    };
  }

  /// The same in a colour.
  public Look in(@Nullable Colour other) {
    return new Look(name, other, artist, rendering, size);
  }

  /// The same by an artist.
  public Look by(@Nullable Artist other) {
    return new Look(name, colour, other, rendering, size);
  }

  /// The same in a rendering.
  public Look as(@Nullable Rendering other) {
    return new Look(name, colour, artist, other, size);
  }

  /// The same in a size.
  public Look sized(@Nullable ItemSize other) {
    return new Look(name, colour, artist, rendering, other);
  }

  /// Whether an item looks so.
  public boolean fits(Item item) {
    return (size == null || size == item.size())
        && switch (item.subject()) {
          case Pictogram p ->
              name instanceof Name.OneOf one
                  && one.things().contains(p.thing())
                  && (colour == null || colour == p.tint())
                  && (artist == null || artist == p.artist())
                  && (rendering == null || rendering == p.rendering());
          case Simple simple ->
              name instanceof Name.OfShape of
                  && of.shape() == simple.shape()
                  && (colour == null || colour == simple.colour());
          case Word word ->
              name instanceof Name.Letters of
                  && of.letters().equals(word.letters())
                  && (colour == null || colour == word.colour());
          case Figure figure ->
              name instanceof Name.Posing of
                  && of.pose() == figure.pose()
                  && (colour == null || colour == figure.shirt());
        };
  }
}
