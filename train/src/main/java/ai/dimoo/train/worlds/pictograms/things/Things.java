package ai.dimoo.train.worlds.pictograms.things;

import ai.dimoo.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The things that the pocket model is taught, in the lasting order of `things.tsv`, core things
/// first. Immutable; needs no icons.
public final class Things {

  private static final String RESOURCE = "things.tsv";
  private static final int COLUMNS = 13;
  private static final String NOTHING = "-";

  private static final String[][] ENDINGS = {
    {"man", "men"}, {"mouse", "mice"}, {"knife", "knives"}, {"leaf", "leaves"}, {"fish", "fish"}
  };

  private static final class Holder {
    static final Things TAUGHT = read();
  }

  private final List<Thing> taught;
  private final Map<String, Thing> byKey = new HashMap<>();
  private final Map<String, Thing> byName = new HashMap<>();

  private Things(List<Thing> taught) {
    this.taught = List.copyOf(taught);
    for (Thing thing : taught) {
      put(byKey, thing.key(), thing);
      for (String name : names(thing)) {
        put(byName, name, thing);
      }
    }
  }

  /// The things of `things.tsv`, which is read once.
  public static Things load() {
    return Holder.TAUGHT;
  }

  /// All 300.
  public List<Thing> taught() {
    return taught;
  }

  /// The ones that take part in every task.
  public List<Thing> core() {
    return taught.stream().filter(Thing::core).toList();
  }

  /// The core ones that also come in renderings and tints.
  public List<Thing> rendered() {
    return taught.stream().filter(Thing::rendered).toList();
  }

  /// @throws UserException if no thing has this key
  public Thing byKey(String key) {
    Thing thing = byKey.get(key);
    if (thing == null) {
      throw new UserException(
          "No thing has the key " + key + "; things.tsv lists those that exist.");
    }
    return thing;
  }

  /// The thing with this noun, plural, synonym, plural of a synonym or Chinese noun, whatever its
  /// case; an article before it is not looked at.
  public Optional<Thing> named(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replaceFirst("^(a|an|the) ", "");
    return Optional.ofNullable(byName.get(plain));
  }

  /// Every name in [#named(String)]'s sense, without repetition, in lower case.
  static List<String> names(Thing thing) {
    List<String> names = new ArrayList<>(List.of(thing.noun(), thing.plural(), thing.chinese()));
    for (String synonym : thing.synonyms()) {
      names.add(synonym);
      if (synonym.chars().allMatch(c -> c < 0x2e80)) {
        names.add(regularPlural(synonym));
      }
    }
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().toList();
  }

  /// The plural by English's rules, with the exceptions that our nouns and synonyms need: of
  /// `puppy`, `policeman` or `slice of pizza`. A thing's own plural stands in `things.tsv`.
  public static String regularPlural(String noun) {
    int of = noun.indexOf(" of ");
    if (of >= 0) {
      return regularPlural(noun.substring(0, of)) + noun.substring(of);
    }
    for (String[] ending : ENDINGS) {
      if (noun.endsWith(ending[0]) && !noun.endsWith("human")) {
        return noun.substring(0, noun.length() - ending[0].length()) + ending[1];
      }
    }
    if (noun.matches(".*(s|x|z|ch|sh)")) {
      return noun + "es";
    }
    if (noun.matches(".*[^aeiou]y")) {
      return noun.substring(0, noun.length() - 1) + "ies";
    }
    return noun + "s";
  }

  private static void put(Map<String, Thing> map, String name, Thing thing) {
    Thing before = map.putIfAbsent(name, thing);
    if (before != null && before != thing) {
      throw new IllegalStateException(
          "things.tsv: \"%s\" names both %s and %s".formatted(name, before.key(), thing.key()));
    }
  }

  private static Things read() {
    try (InputStream in = Things.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the class path");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Things(text.lines().skip(1).map(Things::parse).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thing parse(String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != COLUMNS) {
      throw new IllegalStateException(
          "things.tsv: %d columns instead of %d in: %s".formatted(cells.length, COLUMNS, line));
    }
    return new Thing(
        cells[0],
        cells[1],
        cells[2],
        cells[3],
        Article.valueOf(cells[4].toUpperCase(Locale.ROOT)),
        cells[5],
        cells[6].equals(NOTHING) ? List.of() : Arrays.asList(cells[6].split(",")),
        cells[7],
        cells[8],
        Group.valueOf(cells[9].toUpperCase(Locale.ROOT)),
        cells[10].equals("core"),
        cells[11].equals("rendered"),
        cells[12]);
  }
}
