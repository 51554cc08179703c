package ai.dimoo.train.worlds.pictograms.language;

import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Relation;
import ai.dimoo.train.worlds.pictograms.scene.Subject;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Figure;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.scene.Zone;
import ai.dimoo.train.worlds.pictograms.things.Article;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Names what stands in a scene in English.
public final class English {

  private static final List<String> NUMBERS = List.of("zero", "one", "two", "three", "four");

  /// Words that begin with a vowel's letter and a consonant's sound.
  private static final Pattern CONSONANT =
      Pattern.compile("uni|use|euro|one|ufo|uk", Pattern.CASE_INSENSITIVE);

  private static final double SYNONYM_SHARE = 0.12;
  private static final double DIGIT_SHARE = 0.15;

  private final WordChoice wording;

  /// @param wording chooses among words that mean the same
  public English(WordChoice wording) {
    this.wording = wording;
  }

  /// `zero` to `four`.
  public static String number(int count) {
    return NUMBERS.get(count);
  }

  /// `a fox`, `an orange circle`, `the word CAT`, `a silhouette of a fox`.
  public String some(Item item, Detail detail) {
    return switch (item.subject()) {
      case Word word -> "the " + word(word, detail);
      case Figure figure -> "a " + person(figure, detail);
      case Pictogram p -> pictogram(detail.looks() ? p : plain(p), size(item, detail));
      case Simple simple -> withArticle(size(item, detail) + simple(simple, detail));
    };
  }

  /// The same without an article, as people type it: `fox`, `orange circle`, `word CAT`.
  public String bare(Item item, Detail detail) {
    return some(item, detail).replaceFirst("^(a|an|the) ", "");
  }

  /// `the fox`, `the red circle`, `the word`.
  public String the(Item item, Detail detail) {
    return switch (item.subject()) {
      case Word word -> "the " + (isNumber(word) ? "number" : "word");
      case Figure figure -> "the person";
      case Pictogram p -> "the " + size(item, detail) + looks(p, detail) + noun(p.thing());
      case Simple simple -> "the " + size(item, detail) + simple(simple, detail);
    };
  }

  /// What of an item has the colour: of a person the shirt.
  String coloured(Item item, Detail detail) {
    return the(item, detail) + (item.subject() instanceof Figure ? "'s shirt" : "");
  }

  /// `two foxes`, `3 red circles`.
  public String several(int count, Item item, Detail detail) {
    String number = wording.chance(DIGIT_SHARE) ? String.valueOf(count) : number(count);
    return number + " " + plural(item, detail);
  }

  /// `foxes`, `red circles`.
  public String plural(Item item, Detail detail) {
    return size(item, detail)
        + switch (item.subject()) {
          case Pictogram p -> looks(p, detail) + p.thing().plural();
          case Simple simple -> colour(simple, detail) + simple.shape().plural();
          case Word word -> "words";
          case Figure figure -> "people";
        };
  }

  /// `is`, or `are` for what is named in the plural.
  public static String is(Subject subject) {
    return subject instanceof Pictogram p
            && p.thing().article() == Article.NONE
            && p.thing().noun().equals(p.thing().plural())
            && p.thing().noun().endsWith("s")
        ? "are"
        : "is";
  }

  /// `to the left of`.
  public String relation(Relation relation) {
    return wording.pick(
        switch (relation) {
          case LEFT_OF -> List.of("left of", "to the left of", "on the left of");
          case RIGHT_OF -> List.of("right of", "to the right of", "on the right of");
          case ABOVE -> List.of("above", "above", "over");
          case BELOW -> List.of("below", "under", "beneath");
          case IN_FRONT_OF -> List.of("in front of");
          case BEHIND -> List.of("behind");
        });
  }

  /// `in the top left corner`, `on the left`.
  public String in(Zone zone) {
    if (zone.corner()) {
      return "in the " + zone.word() + wording.pick(" corner", "");
    }
    return switch (zone) {
      case MIDDLE -> wording.pick("in the middle", "in the center", "in the centre");
      case LEFT, RIGHT -> wording.pick("on the ", "on the ", "at the ") + zone.word();
      default -> "at the " + zone.word();
    };
  }

  /// `white`, `sky`.
  public static String word(Background background) {
    return switch (background) {
      case WHITE -> "white";
      case GREY -> "grey";
      case BLUE -> "blue";
      case GREEN -> "green";
      case YELLOW -> "yellow";
      case PINK -> "pink";
      case BLACK -> "black";
      case SKY -> "sky";
      case SUNSET -> "sunset";
      case GRASS -> "grass";
      case CHECKERED -> "checkered";
    };
  }

  /// `white background`.
  public String background(Background background) {
    String word = word(background);
    if (background == Background.GREY && wording.chance(0.3)) {
      word = "gray";
    }
    if (background.sort() == Background.Sort.PLAIN && wording.chance(0.1)) {
      word = wording.pick("plain ", background.light() ? "light " : "dark ") + word;
    }
    return word + " background";
  }

  /// `on a white background`, `at sunset`.
  public String before(Background background) {
    if (wording.chance(0.4)) {
      switch (background) {
        case SKY:
          return wording.pick("in the sky", "against the sky", "against a blue sky");
        case SUNSET:
          return wording.pick("at sunset", "in front of a sunset");
        case GRASS:
          return wording.pick("on grass", "on the grass", "in the grass");
        default:
      }
    }
    String preposition = wording.chance(0.15) ? "against " : "on ";
    return preposition + withArticle(background(background));
  }

  /// `a, b and c`.
  public static String list(List<String> names) {
    return names.size() == 1
        ? names.getFirst()
        : names.stream().limit(names.size() - 1L).collect(Collectors.joining(", "))
            + " and "
            + names.getLast();
  }

  /// `an owl`, `a red owl`; by the first letter, with the exceptions that the world has.
  public static String withArticle(String words) {
    boolean vowel =
        "aeiou".indexOf(Character.toLowerCase(words.charAt(0))) >= 0
            && !CONSONANT.matcher(words).lookingAt();
    return (vowel ? "an " : "a ") + words;
  }

  /// The text with its first letter as a capital.
  public static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private String pictogram(Pictogram p, String size) {
    String colour = colour(p);
    String adjectives = size + colour;
    if (p.rendering() == Rendering.SILHOUETTE || p.rendering() == Rendering.OUTLINE) {
      String way = p.rendering().word();
      if (!wording.chance(0.3)) {
        return withArticle(size + way) + " of " + withArticle(colour, p.thing());
      }
      return p.rendering() == Rendering.OUTLINE
          ? withArticle(size + "outlined " + colour + noun(p.thing()))
          : withArticle(adjectives + p.thing().noun()) + " silhouette";
    }
    return withArticle(size + adjective(p.rendering()) + colour, p.thing());
  }

  /// The thing's own article where no adjective comes before it.
  private String withArticle(String adjectives, Thing thing) {
    String noun = noun(thing);
    if (thing.article() == Article.NONE) {
      return adjectives + noun;
    }
    return adjectives.isEmpty() && noun.equals(thing.noun())
        ? thing.withArticle()
        : withArticle(adjectives + noun);
  }

  /// The noun, or now and then a synonym.
  public String noun(Thing thing) {
    List<String> synonyms = thing.synonyms().stream().filter(English::latin).toList();
    return !synonyms.isEmpty() && thing.article() != Article.NONE && wording.chance(SYNONYM_SHARE)
        ? wording.pick(synonyms)
        : thing.noun();
  }

  static boolean latin(String text) {
    return text.chars().allMatch(c -> c < 0x2e80);
  }

  private static Pictogram plain(Pictogram p) {
    return Pictogram.plain(p.thing(), p.artist());
  }

  private String looks(Pictogram p, Detail detail) {
    return detail.looks() ? adjective(p.rendering()) + colour(p) : "";
  }

  private static String colour(Pictogram p) {
    return p.tint() == null ? "" : p.tint().word() + " ";
  }

  private static String simple(Simple simple, Detail detail) {
    return colour(simple, detail) + simple.shape().word();
  }

  private static String colour(Simple simple, Detail detail) {
    return detail.colour() ? simple.colour().word() + " " : "";
  }

  /// What a subject's colour is called; one that has its own colours is `normal`.
  static String colour(Subject subject) {
    return subject.colour() == null ? "normal" : subject.colour().word();
  }

  /// As what a subject is shown: `pixelated`; the plain drawing is `normal`.
  static String way(Subject subject) {
    return subject instanceof Pictogram p && p.rendering() != Rendering.PLAIN
        ? p.rendering().word()
        : "normal";
  }

  private String adjective(Rendering rendering) {
    return switch (rendering) {
      case PLAIN -> "";
      case OUTLINE -> "outlined ";
      case GREY -> wording.pick("greyscale ", "black and white ", "grayscale ");
      case PIXELATED -> wording.pick("pixelated ", "pixelated ", "pixel art ");
      case SILHOUETTE, INVERTED, HATCHED -> rendering.word() + " ";
    };
  }

  private String word(Word word, Detail detail) {
    String what = isNumber(word) ? "number" : wording.pick("word", "word", "text");
    String letters = wording.chance(0.2) ? "\"" + word.letters() + "\"" : word.letters();
    String colour = word.colour().word();
    return what
        + " "
        + letters
        + (detail.colour() ? wording.pick(" in " + colour, " in " + colour + " letters") : "");
  }

  static boolean isNumber(Word word) {
    return word.letters().chars().allMatch(Character::isDigit);
  }

  private static String person(Figure figure, Detail detail) {
    String shirt = detail.colour() ? " in a " + figure.shirt().word() + " shirt" : "";
    return "person" + shirt + " " + figure.pose().words();
  }

  private String size(Item item, Detail detail) {
    if (!detail.size() || item.subject() instanceof Word) {
      return "";
    }
    return item.size() == ItemSize.LARGE
        ? wording.pick("big ", "large ")
        : wording.pick("small ", "little ");
  }
}
