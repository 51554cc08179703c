package ai.dimoo.train.worlds.pictograms.things;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The two artists' vector graphics as `bin/fetch-icons` laid them down. Immutable once open, which
/// takes about two seconds.
public final class Icons {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// The groups of emojibase whose things the VQ model sees: animals and nature, food and drink,
  /// travel and places, activities, objects.
  private static final Set<Integer> GROUPS = Set.of(3, 4, 5, 6, 7);

  private final Path folder;
  private final Map<Artist, JsonNode> sets = new EnumMap<>(Artist.class);

  private Icons(Path folder) {
    this.folder = folder;
    for (Artist artist : Artist.values()) {
      sets.put(artist, json(artist.npmPackage() + "/icons.json"));
    }
  }

  /// @throws EnvironmentException if the icons were not fetched
  public static Icons open() {
    IconFolder.require();
    return new Icons(IconFolder.path());
  }

  /// The SVG document of an icon.
  ///
  /// @throws IllegalArgumentException if the artist has no icon of this name
  String svg(Artist artist, String name) {
    JsonNode set = sets.get(artist);
    JsonNode icon = set.path("icons").path(name);
    if (icon.isMissingNode()) {
      throw new IllegalArgumentException(artist + " has no icon " + name);
    }
    int width = icon.path("width").asInt(set.path("width").asInt());
    int height = icon.path("height").asInt(set.path("height").asInt());
    return SvgDrawing.document(width, height, icon.path("body").asString());
  }

  /// Whether the artist has an icon of this name.
  boolean has(Artist artist, String name) {
    return sets.get(artist).path("icons").has(name);
  }

  /// What is taught, then everything else of the groups animals, food, travel, activities and
  /// objects that both artists have drawn, in emojibase's order, which also gives it its names.
  public List<Thing> all(Things things) {
    List<Thing> all = new ArrayList<>(things.taught());
    Set<String> taken = new HashSet<>();
    things.taught().forEach(thing -> taken.add(thing.noto()));
    Map<String, String> noto = byCodepoint(Artist.NOTO);
    Map<String, String> fluent = byCodepoint(Artist.FLUENT);
    Map<String, String> chinese = new HashMap<>();
    for (JsonNode emoji : json("emojibase-data/zh/data.json")) {
      chinese.put(emoji.path("hexcode").asString(), emoji.path("label").asString());
    }
    for (JsonNode emoji : json("emojibase-data/en/data.json")) {
      String hexcode = emoji.path("hexcode").asString();
      String code = bare(hexcode);
      String icon = noto.get(code);
      if (GROUPS.contains(emoji.path("group").asInt(-1))
          && icon != null
          && fluent.containsKey(code)
          && taken.add(icon)) {
        String label = emoji.path("label").asString();
        all.add(untaught(icon, fluent.get(code), label, chinese.getOrDefault(hexcode, label)));
      }
    }
    return List.copyOf(all);
  }

  private static Thing untaught(String noto, String fluent, String label, String chinese) {
    return new Thing(
        noto,
        noto,
        fluent,
        label,
        Article.of(label),
        Things.regularPlural(label),
        List.of(),
        chinese,
        "个",
        Group.OTHER,
        false,
        false,
        noto);
  }

  private Map<String, String> byCodepoint(Artist artist) {
    Map<String, String> names = new HashMap<>();
    json(artist.npmPackage() + "/chars.json")
        .forEachEntry((code, name) -> names.put(bare(code), name.asString()));
    names.values().removeIf(name -> !has(artist, name));
    return names;
  }

  /// Code points in lower case without the selector of the emoji's looks, which sets may leave out.
  private static String bare(String hexcode) {
    return hexcode.toLowerCase(Locale.ROOT).replace("-fe0f", "");
  }

  private JsonNode json(String file) {
    Path path = folder.resolve(file);
    try {
      return JSON.readTree(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read " + path + ": " + FileFaults.reason(e) + ". Run bin/fetch-icons.", e);
    } catch (JacksonException e) {
      throw new EnvironmentException(
          path + " is not JSON. Delete " + folder + " and run bin/fetch-icons.", e);
    }
  }
}
