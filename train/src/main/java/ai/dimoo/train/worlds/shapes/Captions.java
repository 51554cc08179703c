package ai.dimoo.train.worlds.shapes;

import ai.dimoo.train.worlds.shapes.Phrases.Detail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Says in plain English what a scene shows. Every caption is true, names every object of the scene
/// by its shape, and mostly says colours; sizes, the background and relations come in some.
/// Stateless.
public final class Captions {

  private static final double WITH_BACKGROUND = 0.4;
  private static final double WITH_RELATION = 0.75;
  private static final double AS_SENTENCE = 0.2;

  private Captions() {}

  /// One of the many captions that fit the scene, mostly 4 to 14 words.
  ///
  /// @param random decides which; the same state gives the same caption
  public static String caption(Scene scene, RandomGenerator random) {
    return caption(scene, shuffled(scene.items(), random), random);
  }

  /// The same, with the objects in reading order, as people mostly tell them: what lies nearer to
  /// the upper left corner comes first.
  ///
  /// @param random decides which; the same state gives the same caption
  public static String inReadingOrder(Scene scene, RandomGenerator random) {
    List<Item> items =
        scene.items().stream()
            .sorted(Comparator.comparingInt(item -> fromUpperLeft(item.box())))
            .toList();
    return caption(scene, items, random);
  }

  /// Twice the sum of the centre's coordinates.
  private static int fromUpperLeft(Box box) {
    return box.left() + box.right() + box.top() + box.bottom();
  }

  private static String caption(Scene scene, List<Item> items, RandomGenerator random) {
    String text = opening(items, random) + subject(scene, items, random);
    if (random.nextDouble() < WITH_BACKGROUND) {
      text += background(scene.background(), random);
    }
    return random.nextDouble() < AS_SENTENCE ? Phrases.capitalised(text) + "." : text;
  }

  private static String opening(List<Item> items, RandomGenerator random) {
    double share = random.nextDouble();
    if (share < 0.35) {
      return "";
    }
    if (share < 0.70) {
      return "a photo of ";
    }
    if (share < 0.85) {
      return Phrases.pick(List.of("a picture of ", "an image of ", "a drawing of "), random);
    }
    return allEqual(items) && items.size() > 1 ? "there are " : "there is ";
  }

  private static String subject(Scene scene, List<Item> items, RandomGenerator random) {
    Detail detail = Detail.draw(random);
    if (items.size() == 1) {
      return Phrases.some(items.getFirst(), detail);
    }
    if (allEqual(items)) {
      return Phrases.several(items, detail, random);
    }
    if (items.size() == 2) {
      return two(items.getFirst(), items.getLast(), detail, random);
    }
    return list(items, distinguishing(scene, detail));
  }

  private static String two(Item a, Item b, Detail wanted, RandomGenerator random) {
    // Two equal names would say nothing of which is where.
    Detail detail = a.shape() == b.shape() ? withColour(wanted) : wanted;
    List<Relation> relations = Phrases.clear(a, b);
    if (relations.isEmpty() || random.nextDouble() >= WITH_RELATION) {
      return list(List.of(a, b), detail);
    }
    // Clear relations exclude each other, so there is one at most.
    return Phrases.some(a, detail)
        + " "
        + Phrases.words(relations.getFirst(), random)
        + " "
        + Phrases.some(b, detail);
  }

  private static String list(List<Item> items, Detail detail) {
    List<String> names = new ArrayList<>();
    for (Item item : items) {
      names.add(Phrases.some(item, detail));
    }
    String last = names.removeLast();
    return String.join(", ", names) + " and " + last;
  }

  private static Detail distinguishing(Scene scene, Detail wanted) {
    boolean shapesDiffer =
        scene.items().stream().map(Item::shape).distinct().count() == scene.items().size();
    return shapesDiffer ? wanted : withColour(wanted);
  }

  private static Detail withColour(Detail detail) {
    return switch (detail) {
      case SHAPE, COLOUR -> Detail.COLOUR;
      case SIZE, SIZE_AND_COLOUR -> Detail.SIZE_AND_COLOUR;
    };
  }

  private static String background(Background background, RandomGenerator random) {
    String plain =
        background.texture() == Texture.PLAIN && random.nextDouble() < 0.15 ? "plain " : "";
    String on = random.nextDouble() < 0.85 ? " on a " : " against a ";
    return on + plain + background.words();
  }

  private static boolean allEqual(List<Item> items) {
    return items.stream()
        .allMatch(item ->
            item.shape() == items.getFirst().shape()
                && item.colour() == items.getFirst().colour()
                && item.size() == items.getFirst().size());
  }

  private static List<Item> shuffled(List<Item> items, RandomGenerator random) {
    List<Item> shuffled = new ArrayList<>(items);
    Collections.shuffle(shuffled, Random.from(random));
    return shuffled;
  }
}
