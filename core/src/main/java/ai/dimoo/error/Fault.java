package ai.dimoo.error;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is wrong, in no front end's words yet: the command line speaks of `--cfg-scale`, JSON of
/// `cfg_scale`, the library of `cfgScale`, see {@link Wording}. Immutable.
///
/// @param field what to mend, under its name in JSON and in PNG files (`cfg_scale`, `image`,
///   `model`); null: it is not a field
/// @param what sentences that say what is wrong; empty where field, found and expected say it
/// @param found the value of the field; null: it is in `what`
/// @param expected what the field takes; null: it is in `what`
/// @param remedies what to do, any one of them
/// @param place where among several things it is, such as `Request 3`; null: there is but one
public record Fault(
    @Nullable String field,
    String what,
    @Nullable String found,
    @Nullable String expected,
    List<Remedy> remedies,
    @Nullable String place) {

  /// Copies the remedies.
  public Fault {
    remedies = List.copyOf(remedies);
  }

  /// Something that sentences say best.
  ///
  /// @param what what is wrong, what was found and what was expected
  public static Fault of(String what) {
    return new Fault(null, what, null, null, List.of(), null);
  }

  /// A value that its field does not take.
  public static Fault value(String field, Object found, String expected) {
    return new Fault(field, "", Shown.text(found.toString()), expected, List.of(), null);
  }

  /// The same about a field.
  public Fault in(String field) {
    return new Fault(field, what, found, expected, remedies, place);
  }

  /// The same with one more thing to do about it.
  public Fault mend(Remedy remedy) {
    List<Remedy> more = new ArrayList<>(remedies);
    more.add(remedy);
    return new Fault(field, what, found, expected, more, place);
  }

  /// The same of one of several things.
  ///
  /// @param place which one, such as `Request 3`; the line begins with it
  public Fault at(String place) {
    return new Fault(field, what, found, expected, remedies, place);
  }

  /// One line.
  public String in(Wording wording) {
    StringBuilder line = new StringBuilder(place == null ? "" : place + ": ").append(what);
    if (what.isEmpty() && field != null) {
      line.append(wording.field(field)).append(" is ").append(found);
      line.append(", expected ").append(expected).append('.');
    }
    for (int i = 0; i < remedies.size(); i++) {
      String words = wording.remedy(remedies.get(i));
      line.append(i == 0 ? " " + capital(words) : ", or " + words);
    }
    return line.append(remedies.isEmpty() ? "" : ".").toString();
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
