package ai.dimoo.train.worlds.pictograms.judge;

import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Subject;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Figure;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Glyphs;
import ai.dimoo.train.worlds.pictograms.things.Pose;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import ai.dimoo.train.worlds.pictograms.things.SimpleShape;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Every look of everything that the judge knows, in both sizes, and the letters.
final class Looks {

  /// A letter or digit.
  record Letter(char character, Colour colour, Template template) {}

  private final Map<ItemSize, List<Template>> bySize = new EnumMap<>(ItemSize.class);
  private final List<Letter> letters = new ArrayList<>();
  private final Map<Word, Template> words = new ConcurrentHashMap<>();
  private final Compositor compositor;

  /// @param things what is known; those that come in renderings and tints, in all of them
  Looks(List<Thing> things, Compositor compositor) {
    this.compositor = compositor;
    List<Subject> subjects = subjects(things);
    for (ItemSize size : ItemSize.values()) {
      bySize.put(
          size,
          subjects.stream()
              .map(subject -> new Template(subject, size, compositor.sprite(subject, size)))
              .toList());
    }
    for (Colour colour : Colour.basic()) {
      for (char character : Glyphs.CHARACTERS.toCharArray()) {
        // a word's subject needs two letters; a letter's is never asked for
        Subject none = new Simple(SimpleShape.SQUARE, colour);
        letters.add(
            new Letter(
                character,
                colour,
                new Template(none, ItemSize.SMALL, Glyphs.of(character, colour))));
      }
    }
  }

  /// All looks of a size.
  List<Template> of(ItemSize size) {
    return bySize.get(size);
  }

  /// The look of a word, the same object each time.
  Template word(Word word) {
    return words.computeIfAbsent(
        word, w -> new Template(w, ItemSize.SMALL, compositor.sprite(w, ItemSize.SMALL)));
  }

  List<Letter> letters() {
    return letters;
  }

  private static List<Subject> subjects(List<Thing> things) {
    List<Subject> subjects = new ArrayList<>();
    for (Thing thing : things) {
      for (Artist artist : Artist.values()) {
        Pictogram plain = Pictogram.plain(thing, artist);
        subjects.add(plain);
        if (thing.rendered()) {
          for (Rendering rendering : Rendering.values()) {
            if (rendering != Rendering.PLAIN) {
              subjects.add(plain.as(rendering));
            }
          }
          Colour.basic().forEach(colour -> subjects.add(plain.tinted(colour)));
        }
      }
    }
    for (Colour colour : Colour.basic()) {
      for (SimpleShape shape : SimpleShape.values()) {
        subjects.add(new Simple(shape, colour));
      }
      for (Pose pose : Pose.values()) {
        subjects.add(new Figure(pose, colour));
      }
    }
    return subjects;
  }
}
