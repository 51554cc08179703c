package ai.dimoo.train.worlds.pictograms.scene;

import ai.dimoo.train.worlds.pictograms.scene.Subject.Figure;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which combinations training sees, which serve for choosing settings (a twentieth) and which for
/// scores (a tenth). A fixed rule without state over the things' keys: the same on every machine,
/// for every seed, and for the old things when new ones are added.
///
/// Held out are:
///
/// - two things in one picture;
/// - a thing left of, above or in front of another;
/// - a number of one thing;
/// - a thing alone before a background;
/// - a dyed thing or coloured shape alone before a background, and two of them in one picture;
/// - words;
/// - a thing by an artist as what a style transfer is to make, and as the subject whose picture is
///   given.
///
/// Every drawing of every thing, dyed or not, occurs in training: a code of the VQ model stands for
/// a patch of pixels, so a drawing that training never showed would have codes that the transformer
/// never wrote, which asks for a better codebook and not for composing.
public final class HeldOut {

  private static final int HELD_OUT_PERCENT = 10;
  private static final int TUNING_PERCENT = 5;

  private HeldOut() {}

  /// The split of a scene: the last one that any combination in it belongs to.
  public static Split of(Scene scene) {
    List<Item> items = scene.items();
    Split split =
        items.size() == 1 ? alone(items.getFirst().subject(), scene.background()) : Split.TRAINING;
    for (int i = 0; i < items.size(); i++) {
      Subject a = items.get(i).subject();
      split = split.and(a instanceof Word word ? word(word.letters()) : Split.TRAINING);
      int count = 1;
      for (int j = 0; j < items.size(); j++) {
        Subject b = items.get(j).subject();
        if (j != i && name(a).equals(name(b))) {
          count++;
        } else if (j < i) {
          split = split.and(together(a, b)).and(related(items, i, j)).and(related(items, j, i));
        }
      }
      split = split.and(count(count, a));
    }
    return split;
  }

  /// Two different subjects in one picture, in any order.
  public static Split together(Subject a, Subject b) {
    if (a instanceof Word || b instanceof Word) {
      return Split.TRAINING;
    }
    Split split =
        a instanceof Simple && b instanceof Simple
            ? Split.TRAINING
            : unordered("pair", key(a), key(b));
    @Nullable Colour one = a.colour();
    @Nullable Colour other = b.colour();
    return one == null || other == null || one == other
        ? split
        : split.and(unordered("coloured-pair", name(a), name(b)));
  }

  /// One subject in a relation to another.
  public static Split relation(Subject a, Relation relation, Subject b) {
    return switch (relation) {
      case RIGHT_OF, BELOW, BEHIND -> relation(b, relation.inverse(), a);
      case LEFT_OF, ABOVE, IN_FRONT_OF ->
          a instanceof Word || b instanceof Word
              ? Split.TRAINING
              : split(relation.name().toLowerCase(Locale.ROOT), key(a), key(b));
    };
  }

  /// So many of one subject; one is always for training.
  public static Split count(int count, Subject subject) {
    return count == 1 ? Split.TRAINING : split("count", String.valueOf(count), name(subject));
  }

  /// One subject and nothing else before a background. A dyed thing is held out also where the
  /// thing itself is, since whoever asks for a rabbit may get a purple one.
  public static Split alone(Subject subject, Background background) {
    if (subject instanceof Word) {
      return Split.TRAINING;
    }
    Split split = alone(name(subject), background);
    return subject instanceof Pictogram p ? split.and(alone(p.thing().key(), background)) : split;
  }

  private static Split alone(String name, Background background) {
    return split("alone", name, background.name().toLowerCase(Locale.ROOT));
  }

  /// A word.
  public static Split word(String letters) {
    return split("word", letters);
  }

  /// A thing that style transfer is to make in an artist's style.
  public static Split transfer(Thing thing, Artist to) {
    return split("transfer", thing.key(), to.word());
  }

  /// A thing whose picture by an artist is given so that it be put into a new scene.
  public static Split subject(Thing thing, Artist artist) {
    return split("subject", thing.key(), artist.word());
  }

  private static Split related(List<Item> items, int a, int b) {
    Split split = Split.TRAINING;
    for (Relation relation : List.of(Relation.LEFT_OF, Relation.ABOVE, Relation.IN_FRONT_OF)) {
      if (relation.holds(items, a, b)) {
        split = split.and(relation(items.get(a).subject(), relation, items.get(b).subject()));
      }
    }
    return split;
  }

  /// What a subject is, whatever its colour.
  static String key(Subject subject) {
    return switch (subject) {
      case Pictogram pictogram -> pictogram.thing().key();
      case Simple simple -> simple.shape().word();
      case Word word -> word.letters();
      case Figure figure -> figure.pose().name().toLowerCase(Locale.ROOT);
    };
  }

  /// What a subject is, with its colour where it has one.
  static String name(Subject subject) {
    @Nullable Colour colour = subject.colour();
    return colour == null ? key(subject) : colour.word() + " " + key(subject);
  }

  private static Split unordered(String rule, String a, String b) {
    return a.compareTo(b) <= 0 ? split(rule, a, b) : split(rule, b, a);
  }

  /// FNV-1a (Fowler, Noll, Vo) over the characters, then the mixing function of SplitMix64 (Steele,
  /// Lea, Flood 2014).
  private static Split split(String rule, String... keys) {
    long z = 0xcbf29ce484222325L;
    for (String text : List.of(rule, String.join("|", keys))) {
      for (int i = 0; i < text.length(); i++) {
        z = (z ^ text.charAt(i)) * 0x100000001b3L;
      }
      z = (z ^ '|') * 0x100000001b3L;
    }
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    long percent = Long.remainderUnsigned(z ^ z >>> 31, 100);
    if (percent < HELD_OUT_PERCENT) {
      return Split.HELD_OUT;
    }
    return percent < HELD_OUT_PERCENT + TUNING_PERCENT ? Split.TUNING : Split.TRAINING;
  }
}
