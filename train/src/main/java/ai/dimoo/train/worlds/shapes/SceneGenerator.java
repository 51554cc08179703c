package ai.dimoo.train.worlds.shapes;

import ai.dimoo.train.source.IndexedRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// An endless stream of scenes. Element `i` is a pure function of the options, the seed and `i`, so
/// that a resumed run goes on exactly where it stopped.
///
/// Not thread-safe because of [#next()]; [#at(long)] may be called from any thread.
public final class SceneGenerator {

  /// Tries to place some objects before others are drawn.
  private static final int PLACEMENTS = 10;

  private final SceneOptions options;
  private final long seed;
  private long index;

  /// @param seed any number; 0 is a seed like any other
  public SceneGenerator(SceneOptions options, long seed) {
    this.options = options;
    this.seed = seed;
  }

  /// The next scene of the stream, beginning with element 0.
  public Scene next() {
    return at(index++);
  }

  /// Element `index` of the stream; [#next()] is not affected.
  public Scene at(long index) {
    return draw(IndexedRandom.at(seed, index));
  }

  /// A scene from the caller's random numbers.
  public Scene draw(RandomGenerator random) {
    // The kind is drawn once, so that rejections do not shift the weights.
    SceneKind kind = kind(random);
    while (true) {
      Scene scene = attempt(kind, random);
      if (options.allows(scene)) {
        return scene;
      }
    }
  }

  private SceneKind kind(RandomGenerator random) {
    Map<SceneKind, Double> weights = options.weights();
    double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    double left = random.nextDouble() * sum;
    SceneKind last = SceneKind.SINGLE;
    for (SceneKind kind : SceneKind.values()) {
      double weight = weights.getOrDefault(kind, 0.0);
      if (weight > 0) {
        last = kind;
        left -= weight;
        if (left < 0) {
          break;
        }
      }
    }
    return last;
  }

  private Scene attempt(SceneKind kind, RandomGenerator random) {
    while (true) {
      List<Item> items =
          switch (kind) {
            case SINGLE -> place(List.of(look(random, Size.LARGE)), random);
            case PAIR -> place(pair(random), random);
            case COUNT -> place(equal(random), random);
            case RELATION -> placeInLine(pair(random), random);
            case TRIO -> place(trio(random), random);
          };
      if (!items.isEmpty()) {
        return new Scene(options.columns(), options.rows(), background(random), items);
      }
    }
  }

  private Background background(RandomGenerator random) {
    return Phrases.pick(
        random.nextDouble() < options.plainShare() ? Background.PLAIN : Background.TEXTURED,
        random);
  }

  /// Two objects; different in shape and colour in most cases, and always in one of them.
  private static List<Item> pair(RandomGenerator random) {
    Item a = look(random, Size.LARGE);
    Item b = look(random, Size.LARGE);
    double share = random.nextDouble();
    if (share < 0.1) {
      b = new Item(a.shape(), b.colour(), b.size(), 0, 0);
    } else if (share < 0.2) {
      b = new Item(b.shape(), a.colour(), b.size(), 0, 0);
    }
    boolean sameShape = a.shape() == b.shape();
    boolean sameColour = a.colour() == b.colour();
    boolean wanted =
        share < 0.1 ? !sameColour : share < 0.2 ? !sameShape : !sameShape && !sameColour;
    return wanted ? List.of(a, b) : pair(random);
  }

  private static List<Item> equal(RandomGenerator random) {
    int count = 2 + random.nextInt(4);
    Item look = look(random, count <= 3 ? Size.LARGE : Size.SMALL);
    return Collections.nCopies(count, look);
  }

  private static List<Item> trio(RandomGenerator random) {
    List<Item> items = new ArrayList<>();
    boolean allDifferent = random.nextDouble() < 0.8;
    while (items.size() < 3) {
      Item item = look(random, Size.LARGE);
      boolean clash =
          items.stream()
              .anyMatch(other -> {
                boolean shape = other.shape() == item.shape();
                boolean colour = other.colour() == item.colour();
                return allDifferent ? shape || colour : shape && colour;
              });
      if (!clash) {
        items.add(item);
      }
    }
    return items;
  }

  /// An object at the origin, whose place is still to be chosen.
  private static Item look(RandomGenerator random, Size largest) {
    Size size = Size.values()[random.nextInt(largest.ordinal() + 1)];
    return new Item(pick(Shape.values(), random), pick(Colour.values(), random), size, 0, 0);
  }

  /// Finds places for the objects one after the other, each uniformly among those left; a cell
  /// apart where that can be had. Empty if there is no room.
  private List<Item> place(List<Item> looks, RandomGenerator random) {
    for (int attempt = 0; attempt < PLACEMENTS; attempt++) {
      List<Item> placed = new ArrayList<>();
      for (Item look : looks) {
        List<Item> free = free(look, placed, Scene.CELL);
        if (free.isEmpty()) {
          break;
        }
        placed.add(free.get(random.nextInt(free.size())));
      }
      if (placed.size() == looks.size()) {
        return placed;
      }
    }
    return List.of();
  }

  /// Places two objects so that one is clearly beside or above the other; empty if their shapes are
  /// the same.
  private List<Item> placeInLine(List<Item> looks, RandomGenerator random) {
    if (looks.getFirst().shape() == looks.getLast().shape()) {
      return List.of();
    }
    Relation relation = pick(Relation.values(), random);
    List<Item> places = free(looks.getFirst(), List.of(), 0);
    for (int attempt = 0; attempt < PLACEMENTS; attempt++) {
      Item a = places.get(random.nextInt(places.size()));
      List<Item> clear =
          free(looks.getLast(), List.of(a), Scene.CELL).stream()
              .filter(b -> relation.clear(a.box(), b.box()))
              .toList();
      if (!clear.isEmpty()) {
        return List.of(a, clear.get(random.nextInt(clear.size())));
      }
    }
    return List.of();
  }

  /// The object at every place that keeps `gap` pixels from the placed ones.
  private List<Item> free(Item look, List<Item> placed, int gap) {
    List<Item> free = new ArrayList<>();
    int cells = look.size().cells();
    for (int row = 0; row <= options.rows() - cells; row++) {
      for (int column = 0; column <= options.columns() - cells; column++) {
        Item item = new Item(look.shape(), look.colour(), look.size(), column, row);
        if (!near(item.box(), placed, gap)) {
          free.add(item);
        }
      }
    }
    return free;
  }

  /// A loop, since most of the time of drawing scenes is spent here.
  private static boolean near(Box box, List<Item> placed, int gap) {
    for (Item other : placed) {
      if (other.box().near(box, gap)) {
        return true;
      }
    }
    return false;
  }

  private static <T> T pick(T[] choices, RandomGenerator random) {
    return choices[random.nextInt(choices.length)];
  }
}
