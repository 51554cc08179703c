package ai.dimoo.train.worlds.pictograms.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Finds places for items. A look is an item whose place is not chosen yet.
final class Placement {

  /// Tries to place some items before others are drawn.
  private static final int TRIES = 20;

  private Placement() {}

  /// The item at every place where it stays in the picture.
  static List<Item> everywhere(Item look) {
    List<Item> places = new ArrayList<>();
    for (int row = 0; row <= Scene.TOKENS - look.rows(); row += 2) {
      for (int column = 0; column <= Scene.TOKENS - look.columns(); column += 2) {
        places.add(look.at(column, row));
      }
    }
    return places;
  }

  /// The item at every place where it overlaps none of the others.
  static List<Item> free(Item look, List<Item> others) {
    return everywhere(look).stream()
        .filter(item -> others.stream().noneMatch(item::overlaps))
        .toList();
  }

  /// The items one after the other, each uniformly among the places that are left; empty if no room
  /// was found.
  static List<Item> apart(List<Item> looks, RandomGenerator random) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<Item> placed = new ArrayList<>();
      for (Item look : looks) {
        List<Item> free = free(look, placed);
        if (free.isEmpty()) {
          break;
        }
        placed.add(pick(free, random));
      }
      if (placed.size() == looks.size()) {
        return placed;
      }
    }
    return List.of();
  }

  /// Two items of one size in one row or column.
  static List<Item> inLine(Item a, Item b, RandomGenerator random) {
    boolean beside = random.nextBoolean();
    List<Item> placed = new ArrayList<>();
    placed.add(pick(everywhere(a), random));
    Item first = placed.getFirst();
    List<Item> free =
        free(b, placed).stream()
            .filter(item -> beside ? item.row() == first.row() : item.column() == first.column())
            .toList();
    if (free.isEmpty()) {
      return inLine(a, b, random);
    }
    placed.add(pick(free, random));
    return placed;
  }

  /// A large item and another that hides its lower left or lower right quarter. Three quarters of
  /// either can be seen, and what stands lower is nearer, as on the ground.
  static List<Item> overlapping(Item back, Item front, RandomGenerator random) {
    Item behind = back.at(2 * random.nextInt(3), 2 * random.nextInt(2));
    boolean left = behind.column() == 4 || behind.column() != 0 && random.nextBoolean();
    int column = behind.column();
    if (front.size() == ItemSize.LARGE) {
      column += left ? -2 : 2;
    } else {
      column += random.nextBoolean() ? 0 : 2;
    }
    return List.of(behind, front.at(column, behind.row() + 2));
  }

  private static <T> T pick(List<T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
