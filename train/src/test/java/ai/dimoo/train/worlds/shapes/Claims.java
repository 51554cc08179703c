package ai.dimoo.train.worlds.shapes;

import ai.dimoo.image.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads captions and questions and checks them against what the judge sees in a picture: written
/// apart from the code that makes them, and without the scene.
final class Claims {

  private static final String SIZES = alternatives(Stream.of("small", "large"));
  private static final String COLOURS =
      alternatives(Arrays.stream(Colour.values()).map(Colour::word));
  private static final String SHAPES =
      alternatives(Arrays.stream(Shape.values()).flatMap(s -> Stream.of(s.plural(), s.word())));
  private static final Pattern OBJECT =
      Pattern.compile(
          "(a|an|the|two|three|four|five|[2-5]) (?:" + SIZES + " )?(?:" + COLOURS + " )?" + SHAPES);
  private static final Pattern RELATION = Pattern.compile("left of|right of|above|below|under");
  private static final Pattern BACKGROUND =
      Pattern.compile(
          "(?:on|against) a (?:(plain|striped|checkered|dotted) )?(white|grey|beige|black)"
              + " background");

  private final List<Found> found;
  private final Background background;

  Claims(Picture picture) {
    this.found = Judge.objects(picture);
    this.background = Judge.background(picture);
  }

  /// The objects that a text names: how many, and which of those found fit.
  private record Named(int count, List<Found> fitting) {}

  /// Whether a caption names all objects, and says nothing that is not so.
  boolean holdsCaption(String caption) {
    String text = caption.toLowerCase(Locale.ROOT).replace(".", "");
    Matcher scene = BACKGROUND.matcher(text);
    if (scene.find()) {
      if (!background.equals(background(scene.group(1), scene.group(2)))) {
        return false;
      }
      text = text.substring(0, scene.start());
    }
    List<Named> named = named(text);
    int total = named.stream().mapToInt(Named::count).sum();
    boolean enough = named.stream().allMatch(n -> n.fitting().size() >= n.count());
    Matcher relation = RELATION.matcher(text);
    boolean placed =
        !relation.find()
            || stands(named.get(0).fitting(), relation.group(), named.get(1).fitting());
    return total == found.size() && enough && placed;
  }

  /// The answer to a question as the picture gives it.
  String answer(String question) {
    String text =
        question.toLowerCase(Locale.ROOT).replaceAll("\\bcolor\\b", "colour").replace("?", "");
    if (text.contains("background")) {
      return text.contains("pattern")
          ? switch (background.texture()) {
            case PLAIN -> "none";
            case STRIPES -> "stripes";
            case CHECKS -> "checks";
            case DOTS -> "dots";
          }
          : background.tone().word();
    }
    if (text.startsWith("what colour")) {
      return distinct(fitting(text).stream().map(f -> f.colour().word()));
    }
    if (text.startsWith("what shape")) {
      return distinct(fitting(text).stream().map(f -> f.shape().word()));
    }
    if (text.startsWith("how big")) {
      return distinct(fitting(text).stream().map(f -> f.size().word()));
    }
    if (text.startsWith("how many")) {
      return List.of("zero", "one", "two", "three", "four", "five").get(fitting(text).size());
    }
    if (text.startsWith("is there")) {
      return fitting(text).isEmpty() ? "no" : "yes";
    }
    return place(text);
  }

  private String place(String text) {
    Matcher relation = RELATION.matcher(text);
    if (!relation.find()) {
      throw new AssertionError("not understood: " + text);
    }
    List<Found> that = fitting(text.substring(relation.end()));
    if (text.startsWith("what is")) {
      return distinct(
          found.stream()
              .filter(f -> !that.contains(f) && stands(List.of(f), relation.group(), that))
              .map(Found::words));
    }
    List<Found> these = fitting(text.substring(0, relation.start()));
    return stands(these, relation.group(), that) ? "yes" : "no";
  }

  /// The objects that fit the words of a text that names one sort.
  private List<Found> fitting(String text) {
    Optional<String> shape = first(SHAPES, text);
    Optional<String> colour = first(COLOURS, text);
    Optional<String> size = first(SIZES, text);
    return found.stream()
        .filter(f ->
            shape.isEmpty()
                || shape.get().equals(f.shape().word())
                || shape.get().equals(f.shape().plural()))
        .filter(f -> colour.isEmpty() || colour.get().equals(f.colour().word()))
        .filter(f -> size.isEmpty() || size.get().equals(f.size().word()))
        .toList();
  }

  private List<Named> named(String text) {
    List<Named> named = new ArrayList<>();
    Matcher matcher = OBJECT.matcher(text);
    while (matcher.find()) {
      int count =
          switch (matcher.group(1)) {
            case "two", "2" -> 2;
            case "three", "3" -> 3;
            case "four", "4" -> 4;
            case "five", "5" -> 5;
            default -> 1;
          };
      named.add(new Named(count, fitting(matcher.group())));
    }
    return named;
  }

  private static boolean stands(List<Found> these, String relation, List<Found> those) {
    return these.stream()
        .anyMatch(a ->
            those.stream()
                .anyMatch(b -> {
                  double dx = a.box().centreX() - b.box().centreX();
                  double dy = a.box().centreY() - b.box().centreY();
                  return switch (relation) {
                    case "left of" -> dx < -8 && -dx > Math.abs(dy) / 2;
                    case "right of" -> dx > 8 && dx > Math.abs(dy) / 2;
                    case "above" -> dy < -8 && -dy > Math.abs(dx) / 2;
                    default -> dy > 8 && dy > Math.abs(dx) / 2;
                  };
                }));
  }

  private static Background background(String texture, String tone) {
    return new Background(
        Tone.valueOf(tone.toUpperCase(Locale.ROOT)),
        switch (texture == null ? "" : texture) {
          case "striped" -> Texture.STRIPES;
          case "checkered" -> Texture.CHECKS;
          case "dotted" -> Texture.DOTS;
          default -> Texture.PLAIN;
        });
  }

  private static String distinct(Stream<String> words) {
    return words.distinct().collect(Collectors.joining(" or "));
  }

  private static Optional<String> first(String alternatives, String text) {
    Matcher matcher = Pattern.compile("\\b" + alternatives + "\\b").matcher(text);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  private static String alternatives(Stream<String> words) {
    return words.collect(Collectors.joining("|", "(?:", ")"));
  }
}
