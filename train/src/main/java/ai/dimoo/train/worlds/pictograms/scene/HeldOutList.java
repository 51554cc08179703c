package ai.dimoo.train.worlds.pictograms.scene;

import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.SimpleShape;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Tells what belongs to a split: [HeldOut]'s rule, written out over everything that is taught.
/// Letters at random are words too; only the English ones are told.
public final class HeldOutList {

  private final Split split;
  private final List<Thing> things = Things.load().taught();
  private final List<Subject> plain = new ArrayList<>();
  private final List<Subject> coloured = new ArrayList<>();

  private HeldOutList(Split split) {
    this.split = split;
    for (Thing thing : things) {
      plain.add(Pictogram.plain(thing, Artist.NOTO));
      if (thing.rendered()) {
        Colour.basic()
            .forEach(colour -> coloured.add(Pictogram.plain(thing, Artist.NOTO).tinted(colour)));
      }
    }
    for (SimpleShape shape : SimpleShape.values()) {
      Colour.basic().forEach(colour -> coloured.add(new Simple(shape, colour)));
    }
  }

  /// What belongs to a split, by rule: `fox, pizza` under `pairs`. Some 20,000 entries of what is
  /// held out.
  public static Map<String, List<String>> of(Split split) {
    HeldOutList list = new HeldOutList(split);
    Map<String, List<String>> rules = new LinkedHashMap<>();
    rules.put("pairs", pairs(list.plain, split));
    rules.put("pairs of colours", pairs(list.coloured, split));
    rules.put("relations", list.relations());
    rules.put("counts", list.counts());
    rules.put("things alone before a background", list.alone(list.plain));
    rules.put("colours alone before a background", list.alone(list.coloured));
    rules.put("words", list.words());
    rules.put("style transfer to an artist", list.operands(false));
    rules.put("subject given by an artist", list.operands(true));
    return rules;
  }

  private static List<String> pairs(List<Subject> subjects, Split split) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < subjects.size(); i++) {
      for (int j = 0; j < i; j++) {
        Subject a = subjects.get(j);
        Subject b = subjects.get(i);
        boolean two = !HeldOut.key(a).equals(HeldOut.key(b)) && HeldOut.together(a, b) == split;
        boolean coloured = a.colour() != null && a.colour() == b.colour();
        if (two && !coloured) {
          entries.add(HeldOut.name(a) + ", " + HeldOut.name(b));
        }
      }
    }
    return entries;
  }

  private List<String> relations() {
    List<String> entries = new ArrayList<>();
    for (Relation relation : List.of(Relation.LEFT_OF, Relation.ABOVE, Relation.IN_FRONT_OF)) {
      String words = relation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      for (Subject a : plain) {
        for (Subject b : plain) {
          if (a != b && HeldOut.relation(a, relation, b) == split) {
            entries.add(HeldOut.name(a) + " " + words + " " + HeldOut.name(b));
          }
        }
      }
    }
    return entries;
  }

  private List<String> counts() {
    List<String> entries = new ArrayList<>();
    for (Subject subject : plain) {
      for (int count = 2; count <= Scene.MOST_ITEMS; count++) {
        if (HeldOut.count(count, subject) == split) {
          entries.add(count + " " + HeldOut.name(subject));
        }
      }
    }
    return entries;
  }

  private List<String> alone(List<Subject> subjects) {
    List<String> entries = new ArrayList<>();
    for (Subject subject : subjects) {
      for (Background background : Background.values()) {
        Item item = new Item(subject, 0, 0, ItemSize.LARGE);
        if (Backdrops.suits(background, List.of(item))
            && HeldOut.alone(subject, background) == split) {
          String before = background.name().toLowerCase(Locale.ROOT);
          entries.add(HeldOut.name(subject) + " on " + before);
        }
      }
    }
    return entries;
  }

  private List<String> words() {
    return Words.ENGLISH.stream().filter(word -> HeldOut.word(word) == split).toList();
  }

  private List<String> operands(boolean subject) {
    List<String> entries = new ArrayList<>();
    for (Thing thing : things) {
      for (Artist artist : Artist.values()) {
        Split of = subject ? HeldOut.subject(thing, artist) : HeldOut.transfer(thing, artist);
        if (of == split) {
          entries.add(thing.key() + (subject ? " by " : " to ") + artist.word());
        }
      }
    }
    return entries;
  }
}
