package ai.dimoo.train.worlds.shapes;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// The pieces that captions, questions and instructions are made of.
final class Phrases {

  private static final List<String> NUMBERS =
      List.of("zero", "one", "two", "three", "four", "five");

  private Phrases() {}

  /// Which properties of an object are said; the shape always is.
  enum Detail {
    SHAPE,
    COLOUR,
    SIZE,
    SIZE_AND_COLOUR;

    /// With the colour in most cases, with the size in some.
    static Detail draw(RandomGenerator random) {
      double share = random.nextDouble();
      if (share < 0.60) {
        return COLOUR;
      }
      return share < 0.82 ? SIZE_AND_COLOUR : share < 0.95 ? SHAPE : SIZE;
    }

    private boolean saysSize() {
      return this == SIZE || this == SIZE_AND_COLOUR;
    }

    private boolean saysColour() {
      return this == COLOUR || this == SIZE_AND_COLOUR;
    }
  }

  /// `zero` to `five`.
  static String number(int count) {
    return NUMBERS.get(count);
  }

  /// `red circle`, `small circle`.
  static String name(Item item, Detail detail) {
    return adjectives(item, detail) + item.shape().word();
  }

  /// `a red circle`, `an orange ring`.
  static String some(Item item, Detail detail) {
    return withArticle(name(item, detail));
  }

  /// `the red circle`.
  static String the(Item item, Detail detail) {
    return "the " + name(item, detail);
  }

  /// `three red circles`; the number as a digit in some cases.
  static String several(List<Item> equal, Detail detail, RandomGenerator random) {
    int count = equal.size();
    String number = random.nextDouble() < 0.2 ? String.valueOf(count) : number(count);
    Item item = equal.getFirst();
    return number + " " + adjectives(item, detail) + item.shape().plural();
  }

  /// `a ring`, `an orange ring`.
  static String withArticle(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
  }

  /// The relation in words, all of which mean the same.
  static String words(Relation relation, RandomGenerator random) {
    return pick(
        switch (relation) {
          case LEFT_OF -> List.of("left of", "to the left of", "on the left of");
          case RIGHT_OF -> List.of("right of", "to the right of", "on the right of");
          case ABOVE -> List.of("above");
          case BELOW -> List.of("below", "under");
        },
        random);
  }

  /// The relation that can be said without doubt, if there is one.
  static List<Relation> clear(Item a, Item b) {
    return Arrays.stream(Relation.values())
        .filter(relation -> relation.clear(a.box(), b.box()))
        .toList();
  }

  static <T> T pick(List<T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// The text with its first letter as a capital.
  static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static String adjectives(Item item, Detail detail) {
    return (detail.saysSize() ? item.size().word() + " " : "")
        + (detail.saysColour() ? item.colour().word() + " " : "");
  }
}
