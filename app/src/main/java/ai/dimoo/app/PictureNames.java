package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.request.Fingerprint;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.SamplingTable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Names of the files of pictures: the beginning of the prompt, and a fingerprint of all that makes
/// the picture, so that no two are called alike and one request is always called the same. Not
/// thread-safe.
final class PictureNames {

  private static final int LONGEST_WORDS = 40;
  private static final int DIGITS = 12;
  private static final String SUFFIX = ".png";

  /// What of a recipe does not tell requests apart: where the same model lay and computed.
  private static final List<String> OF_PLACE = List.of("Software", "device", "model");

  private final Map<String, Integer> times = new HashMap<>();
  private final Set<String> taken = new HashSet<>(); // in lower case: some systems do not tell

  /// The name of the next picture.
  ///
  /// @param seeded whether its request said which seed; else it may be any
  String next(Recipe recipe, boolean seeded) {
    String key = told(recipe, seeded).toString();
    int time = times.merge(key, 1, Integer::sum);
    String print = new Fingerprint().add(key.getBytes(StandardCharsets.UTF_8)).add(time).hex();
    String words = words(recipe.prompt());
    String name = (words.isEmpty() ? "" : words + "-") + print.substring(0, DIGITS) + SUFFIX;
    take(name);
    return name;
  }

  /// A name that the request chooses.
  ///
  /// @throws UserException if it cannot be
  String chosen(String name) {
    boolean plain = !name.startsWith(".") && name.chars().noneMatch(PictureNames::cannotBe);
    if (!plain || name.length() <= SUFFIX.length() || !lower(name).endsWith(SUFFIX)) {
      throw new UserException(
          "output is \"%s\"; expected the name of a file without its folder, which ends in .png."
              .formatted(name));
    }
    take(name);
    return name;
  }

  private void take(String name) {
    if (!taken.add(lower(name))) {
      throw new UserException(
          "output %s is the name of an earlier line's picture: give another.".formatted(name));
    }
  }

  private static boolean cannotBe(int character) {
    return Character.isISOControl(character) || "/\\:*?\"<>|".indexOf(character) >= 0;
  }

  /// Whether two recipes are of the same request.
  ///
  /// @param seeded whether the request said which seed; else it may be any
  static boolean same(Recipe one, Recipe other, boolean seeded) {
    return told(one, seeded).equals(told(other, seeded));
  }

  private static Map<String, String> told(Recipe recipe, boolean seeded) {
    Map<String, String> texts = recipe.toTexts();
    texts.keySet().removeAll(OF_PLACE);
    if (!seeded) {
      texts.remove(SamplingTable.SEED.name());
    }
    return texts;
  }

  /// `a-red-heart`
  private static String words(String prompt) {
    String plain = lower(prompt).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return plain.length() <= LONGEST_WORDS
        ? plain
        : plain.substring(0, LONGEST_WORDS).replaceAll("-[^-]*$", "");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
