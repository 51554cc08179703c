package ai.dimoo.train.worlds.shapes;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a prompt demands of one sort of object, as an entry of GenEval's `include` and `exclude`
/// lists does (evaluation/evaluate_images.py of djghosh13/geneval).
///
/// @param colour the colour that the objects must have; null if any will do
/// @param size the size that they must have; null if any will do
/// @param least how many there must be at least
/// @param most how many there may be at most
/// @param place where they must be; null if anywhere will do
public record Requirement(
    Shape shape,
    @Nullable Colour colour,
    @Nullable Size size,
    int least,
    int most,
    @Nullable Place place) {

  /// Where an object must lie.
  ///
  /// @param relation seen from the other object
  /// @param other the index of the other object's requirement in the prompt's list
  public record Place(Relation relation, int other) {}

  /// At least one object of this shape.
  public static Requirement some(Shape shape) {
    return new Requirement(shape, null, null, 1, Integer.MAX_VALUE, null);
  }

  /// At least one object of this shape and colour.
  public static Requirement some(Colour colour, Shape shape) {
    return new Requirement(shape, colour, null, 1, Integer.MAX_VALUE, null);
  }

  /// At least one object of this shape, colour and size.
  public static Requirement some(Size size, Colour colour, Shape shape) {
    return new Requirement(shape, colour, size, 1, Integer.MAX_VALUE, null);
  }

  /// Exactly so many objects of this shape and colour.
  public static Requirement exactly(int count, Colour colour, Shape shape) {
    return new Requirement(shape, colour, null, count, count, null);
  }

  /// The same, at a place.
  public Requirement at(Relation relation, int other) {
    return new Requirement(shape, colour, size, least, most, new Place(relation, other));
  }

  /// Whether the objects found fulfil all requirements.
  public static boolean allMet(List<Requirement> requirements, List<Found> found) {
    List<List<Found>> matched = new ArrayList<>();
    for (Requirement requirement : requirements) {
      matched.add(found.stream().filter(requirement::fits).toList());
    }
    for (int i = 0; i < requirements.size(); i++) {
      Requirement requirement = requirements.get(i);
      int count = matched.get(i).size();
      if (count < requirement.least || count > requirement.most) {
        return false;
      }
      Place place = requirement.place;
      if (place != null && !placed(matched.get(i), place, matched.get(place.other()))) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(Found found) {
    return found.shape() == shape
        && (colour == null || found.colour() == colour)
        && (size == null || found.size() == size);
  }

  private static boolean placed(List<Found> these, Place place, List<Found> those) {
    Stream<Found> stream = these.stream();
    return stream.anyMatch(
        a -> those.stream().anyMatch(b -> a != b && place.relation().holds(a.box(), b.box())));
  }
}
