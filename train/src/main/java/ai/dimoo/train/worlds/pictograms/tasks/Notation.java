package ai.dimoo.train.worlds.pictograms.tasks;

import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Look;
import ai.dimoo.train.worlds.pictograms.scene.Look.Name;
import ai.dimoo.train.worlds.pictograms.scene.Relation;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Part;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Place;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Subject;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.scene.Zone;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Group;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import ai.dimoo.train.worlds.pictograms.things.SimpleShape;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A short notation of scenes and requirements for files that people write: parts between
/// semicolons, such as `2 red car; silhouette owl; @grass`.
///
/// A part is a number (`2` exactly, `2+` at least; one if there is none), colour, rendering, artist
/// and size in any order, and a name: the key of a thing or shape, several with `|` between them of
/// which any will do, a group as `#animal`, or a word in quotes. `@grass` is the background. In a
/// scene a place may follow: `owl/4,0`, else one item stands large in the middle, two large side by
/// side, more small in a row. In a requirement may follow `left_of NAME` and so on or `at
/// top_left`; `keep NAME` is an item of the scene before that must stay as it is.
final class Notation {

  private static final String KEEP = "keep ";
  private static final String BACKGROUND = "@";

  private Notation() {}

  /// A scene, drawn by [Artist#NOTO] before [Background#WHITE] where nothing else is said.
  static Scene scene(String text) {
    List<Words> all = new ArrayList<>();
    Background background = Background.WHITE;
    for (String part : parts(text)) {
      if (part.startsWith(BACKGROUND)) {
        background = background(part);
      } else {
        Words words = new Words(part);
        for (int i = 0; i < words.least; i++) {
          all.add(words);
        }
      }
    }
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      items.add(all.get(i).item(i, all.size()));
    }
    return new Scene(background, items);
  }

  /// What a picture must show.
  ///
  /// @param before the scene that is changed; null if a picture is made from words alone
  static Requirement requirement(String text, @Nullable Scene before) {
    List<Part> parts = new ArrayList<>();
    List<Item> kept = new ArrayList<>();
    Background background = before == null ? null : before.background();
    for (String part : parts(text)) {
      if (part.startsWith(BACKGROUND)) {
        background = background(part);
      } else if (part.startsWith(KEEP) && before != null) {
        Look look = new Words(part.substring(KEEP.length())).look();
        kept.add(before.items().stream().filter(look::fits).findFirst().orElseThrow());
      } else {
        parts.add(new Words(part).part());
      }
    }
    return new Requirement(parts, kept, background);
  }

  private static List<String> parts(String text) {
    return Arrays.stream(text.split(";")).map(String::strip).toList();
  }

  private static Background background(String part) {
    return Background.valueOf(part.substring(1).toUpperCase(Locale.ROOT));
  }

  /// One part, word for word.
  private static final class Words {

    private int least = 1;
    private int most = 1;
    private @Nullable Colour colour;
    private @Nullable Artist artist;
    private @Nullable Rendering rendering;
    private @Nullable ItemSize size;
    private @Nullable Name name;
    private @Nullable Place place;
    private String tokens = "";

    Words(String part) {
      List<String> words = List.of(part.split(" +"));
      for (int i = 0; i < words.size(); i++) {
        String word = words.get(i);
        if (name != null) {
          String other = String.join(" ", words.subList(i + 1, words.size()));
          place =
              word.equals("at")
                  ? new Place.In(Zone.valueOf(other.toUpperCase(Locale.ROOT)))
                  : new Place.Near(
                      Relation.valueOf(word.toUpperCase(Locale.ROOT)), new Words(other).look());
          break;
        }
        boolean last = i == words.size() - 1;
        if (last || !counts(word) && !looks(word)) {
          String[] placed = word.split("/");
          name = name(placed[0]);
          tokens = placed.length > 1 ? placed[1] : "";
        }
      }
      if (name == null) {
        throw new IllegalArgumentException("'" + part + "' names nothing");
      }
    }

    private boolean counts(String word) {
      if (!word.matches("[0-9]+[+]?")) {
        return false;
      }
      least = Integer.parseInt(word.replace("+", ""));
      most = word.endsWith("+") ? Scene.MOST_ITEMS : least;
      return true;
    }

    /// Takes a word for how something looks.
    private boolean looks(String word) {
      for (Colour one : Colour.basic()) {
        if (one.word().equals(word)) {
          colour = one;
          return true;
        }
      }
      for (Rendering one : Rendering.values()) {
        if (one.word().equals(word)) {
          rendering = one;
          return true;
        }
      }
      for (Artist one : Artist.values()) {
        if (one.word().equals(word)) {
          artist = one;
          return true;
        }
      }
      for (ItemSize one : ItemSize.values()) {
        if (one.name().toLowerCase(Locale.ROOT).equals(word)) {
          size = one;
          return true;
        }
      }
      return false;
    }

    private static Name name(String word) {
      if (word.startsWith("\"")) {
        return new Name.Letters(word.replace("\"", ""));
      }
      if (word.startsWith("#")) {
        Group group = Group.valueOf(word.substring(1).toUpperCase(Locale.ROOT));
        Set<Thing> things =
            Things.load().taught().stream()
                .filter(thing -> thing.group() == group)
                .collect(Collectors.toSet());
        return new Name.OneOf(things);
      }
      for (SimpleShape shape : SimpleShape.values()) {
        if (shape.word().equals(word)) {
          return new Name.OfShape(shape);
        }
      }
      Set<Thing> things = new HashSet<>();
      for (String key : word.split("\\|")) {
        things.add(Things.load().byKey(key));
      }
      return new Name.OneOf(things);
    }

    Look look() {
      return new Look(Objects.requireNonNull(name), colour, artist, rendering, size);
    }

    Part part() {
      return new Part(look(), least, most, place);
    }

    /// The item as the `index`th of so many.
    Item item(int index, int count) {
      Subject subject = subject();
      ItemSize usual = count > 2 || subject instanceof Word ? ItemSize.SMALL : ItemSize.LARGE;
      ItemSize chosen = size == null ? usual : size;
      if (!tokens.isEmpty()) {
        String[] place = tokens.split(",");
        return new Item(subject, Integer.parseInt(place[0]), Integer.parseInt(place[1]), chosen);
      }
      int column = count == 1 ? 2 : count == 2 ? 4 * index : 2 * index;
      return new Item(subject, column, 2, chosen);
    }

    private Subject subject() {
      return switch (Objects.requireNonNull(name)) {
        case Name.OneOf one ->
            new Pictogram(
                one.things().iterator().next(),
                artist == null ? Artist.NOTO : artist,
                rendering == null ? Rendering.PLAIN : rendering,
                colour);
        case Name.OfShape of -> new Simple(of.shape(), colour == null ? Colour.BLACK : colour);
        case Name.Letters of -> new Word(of.letters(), colour == null ? Colour.BLACK : colour);
        case Name.Posing posing -> throw new IllegalStateException("no notation for poses");
      };
    }
  }
}
