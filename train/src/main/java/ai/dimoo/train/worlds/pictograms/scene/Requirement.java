package ai.dimoo.train.worlds.pictograms.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a picture must show to be right: all that a sentence asks for and nothing else. Immutable.
///
/// @param parts what must be there beside the kept items
/// @param kept items that must stand exactly so: what an edit leaves alone
/// @param background what must lie behind; null if the sentence does not say
public record Requirement(List<Part> parts, List<Item> kept, @Nullable Background background) {

  /// So many of one look.
  ///
  /// @param least how many there must be at least
  /// @param most how many there may be at most
  /// @param place where one of them must be; null if anywhere will do
  public record Part(Look look, int least, int most, @Nullable Place place) {

    /// Exactly one.
    public static Part one(Look look) {
      return exactly(1, look);
    }

    /// Exactly so many.
    public static Part exactly(int count, Look look) {
      return new Part(look, count, count, null);
    }

    /// The same at a place.
    public Part at(Place other) {
      return new Part(look, least, most, other);
    }
  }

  /// Where something must stand.
  public sealed interface Place {
    /// As seen from something of another look.
    record Near(Relation relation, Look other) implements Place {}

    /// On these tokens.
    record On(int column, int row) implements Place {}

    /// Where it has a token in common with this item.
    record Touching(Item item) implements Place {}

    /// In this zone of the picture.
    record In(Zone zone) implements Place {}
  }

  public Requirement {
    parts = List.copyOf(parts);
    kept = List.copyOf(kept);
  }

  /// These parts and nothing else, before any background.
  public static Requirement of(List<Part> parts) {
    return new Requirement(parts, List.of(), null);
  }

  /// The same before a background.
  public Requirement before(@Nullable Background other) {
    return new Requirement(parts, kept, other);
  }

  /// The scene as it is; the order of items that do not overlap says nothing.
  public static Requirement exactly(Scene scene) {
    return new Requirement(List.of(), scene.items(), scene.background());
  }

  /// Whether a picture in which this was seen is right.
  ///
  /// @param seen everything that stands in the picture, from back to front
  public boolean metBy(Scene seen) {
    return (background == null || background == seen.background()) && itemsMet(seen.items());
  }

  /// Whether the items alone are right, whatever the background.
  ///
  /// @param seen everything that stands in the picture, from back to front
  public boolean itemsMet(List<Item> seen) {
    List<Item> rest = new ArrayList<>(seen);
    for (Item item : kept) {
      if (!rest.remove(item)) {
        return false;
      }
    }
    return keptInOrder(seen)
        && rest.stream().allMatch(item -> parts.stream().anyMatch(part -> part.look().fits(item)))
        && parts.stream().allMatch(part -> met(part, rest, seen));
  }

  /// Whether kept items that overlap lie over each other as they should.
  private boolean keptInOrder(List<Item> seen) {
    for (int i = 0; i < kept.size(); i++) {
      for (Item behind : kept.subList(0, i)) {
        Item front = kept.get(i);
        if (front.overlaps(behind) && seen.lastIndexOf(front) < seen.indexOf(behind)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean met(Part part, List<Item> rest, List<Item> seen) {
    List<Item> fitting = rest.stream().filter(part.look()::fits).toList();
    return fitting.size() >= part.least()
        && fitting.size() <= part.most()
        && (part.place() == null
            || fitting.stream().anyMatch(item -> placed(item, part.place(), seen)));
  }

  private static boolean placed(Item item, Place place, List<Item> seen) {
    return switch (place) {
      case Place.On on -> item.column() == on.column() && item.row() == on.row();
      case Place.Touching touching -> item.overlaps(touching.item());
      case Place.In in -> Zone.of(item) == in.zone();
      case Place.Near near -> {
        int a = seen.indexOf(item);
        yield IntStream.range(0, seen.size())
            .filter(b -> b != a && near.other().fits(seen.get(b)))
            .anyMatch(b -> near.relation().holds(seen, a, b));
      }
    };
  }
}
