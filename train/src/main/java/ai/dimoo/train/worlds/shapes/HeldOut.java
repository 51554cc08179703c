package ai.dimoo.train.worlds.shapes;

import java.util.List;

/// The combinations that no training picture, caption, question or edit contains, kept for
/// evaluation. A fixed rule without state: the same on every machine and for every seed.
///
/// - about a fifth of the pairs of a coloured shape with another coloured shape in one picture;
/// - of twelve of the sixty facts "shape left of shape" and "shape above shape", one at most of the
///   four that two shapes have, about two fifths of the colours that the two can have;
/// - about four ninths of the counts of equal objects (number, colour and shape);
/// - for pictures of one object about a fifth of (colour, shape, size, background) and a sixth of
///   (colour, shape, background), and for two different shapes a third of (shape, shape,
///   background).
///
/// Every colour comes in every shape: a code of the VQ model stands for a patch of pixels, colour
/// and outline together, so a coloured shape that training never showed would have codes that the
/// transformer never saw, which asks for a better codebook and not for composing.
public final class HeldOut {

  private static final int SHAPES = Shape.values().length;

  private HeldOut() {}

  /// Whether a scene holds any held-out combination.
  public static boolean contains(Scene scene) {
    List<Item> items = scene.items();
    for (int i = 0; i < items.size(); i++) {
      Item a = items.get(i);
      for (Item b : items.subList(0, i)) {
        if (together(a, b) || anyRelation(a, b)) {
          return true;
        }
      }
    }
    for (Item item : items) {
      int count = scene.of(item.colour(), item.shape()).size();
      if (count > 1 && count(count, item.colour(), item.shape())) {
        return true;
      }
    }
    return switch (items.size()) {
      case 1 -> alone(items.getFirst(), scene.background());
      case 2 -> shapes(items.getFirst().shape(), items.getLast().shape(), scene.background());
      default -> false;
    };
  }

  /// Whether no training picture has these two coloured shapes together. Sizes, places and the
  /// order do not matter; objects that share a colour or a shape are never held out by this rule.
  public static boolean together(Item a, Item b) {
    if (a.colour() == b.colour() || a.shape() == b.shape()) {
      return false;
    }
    return chosen(1, Math.min(code(a), code(b)), Math.max(code(a), code(b)), 0, 20);
  }

  /// Whether no training picture shows a coloured shape in this relation to another. Sizes and
  /// places do not matter.
  public static boolean relation(Item a, Relation relation, Item b) {
    return switch (relation) {
      case RIGHT_OF, BELOW -> relation(b, relation.inverse(), a);
      case LEFT_OF, ABOVE ->
          relation(a.shape(), relation, b.shape())
              && chosen(6, code(a), code(b), relation.ordinal(), 40);
    };
  }

  /// Whether some colours of these shapes are held out in this relation, left of or above.
  private static boolean relation(Shape a, Relation relation, Shape b) {
    if (a == b) {
      return false;
    }
    int low = Math.min(a.ordinal(), b.ordinal());
    int high = Math.max(a.ordinal(), b.ordinal());
    int pair = high * (high - 1) / 2 + low; // 0 to 14
    int fact = (relation == Relation.ABOVE ? 2 : 0) + (a.ordinal() == low ? 0 : 1);
    return pair % 5 != 4 && fact == (pair * 7 + pair / 5) % 4;
  }

  /// Whether no training picture has this many objects of this colour and shape.
  public static boolean count(int count, Colour colour, Shape shape) {
    return chosen(2, count, colour.ordinal(), shape.ordinal(), 44);
  }

  /// Whether no training picture of one object has this colour, shape and size on this background.
  public static boolean alone(Colour colour, Shape shape, Size size, Background background) {
    return chosen(3, code(colour, shape), size.ordinal(), code(background), 20);
  }

  /// Whether no training picture of one object has this colour and shape on this background.
  public static boolean alone(Colour colour, Shape shape, Background background) {
    return chosen(4, shape.ordinal(), colour.ordinal(), code(background), 17);
  }

  /// Whether no training picture of two objects has these shapes on this background. The order does
  /// not matter; two equal shapes are never held out by this rule.
  public static boolean shapes(Shape a, Shape b, Background background) {
    int low = Math.min(a.ordinal(), b.ordinal());
    int high = Math.max(a.ordinal(), b.ordinal());
    return a != b && chosen(5, low, high, code(background), 33);
  }

  private static boolean alone(Item item, Background background) {
    return alone(item.colour(), item.shape(), item.size(), background)
        || alone(item.colour(), item.shape(), background);
  }

  private static boolean anyRelation(Item a, Item b) {
    for (Relation relation : Relation.values()) {
      if (relation.holds(a.box(), b.box()) && relation(a, relation, b)) {
        return true;
      }
    }
    return false;
  }

  private static int code(Item item) {
    return code(item.colour(), item.shape());
  }

  private static int code(Colour colour, Shape shape) {
    return colour.ordinal() * SHAPES + shape.ordinal();
  }

  private static int code(Background background) {
    return background.tone().ordinal() * Texture.values().length + background.texture().ordinal();
  }

  /// Whether a combination is among the chosen `percent` of its rule's. The mixing function is
  /// SplitMix64's (Steele, Lea, Flood 2014).
  private static boolean chosen(int rule, int a, int b, int c, int percent) {
    long z = (((rule * 64L + a) * 64 + b) * 64 + c) * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return Long.remainderUnsigned(z ^ z >>> 31, 100) < percent;
  }
}
