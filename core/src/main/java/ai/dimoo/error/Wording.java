package ai.dimoo.error;

import java.util.Locale;
import java.util.regex.Pattern;

/// How a front end speaks of fields, and of what to do. Immutable.
public interface Wording {

  /// The library's own: builders' methods.
  Wording LIBRARY = new LibraryWording();

  /// What its users call a field.
  ///
  /// @param name in JSON, such as `cfg_scale`
  String field(String name);

  /// A remedy, without a capital and without a full stop.
  String remedy(Remedy remedy);

  /// Speaks of methods in Java.
  final class LibraryWording implements Wording {

    private static final Pattern WORD = Pattern.compile("_(\\w)");

    private LibraryWording() {}

    @Override
    public String field(String name) {
      return WORD.matcher(name.replace("cfg_img", "cfg_image"))
          .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    @Override
    public String remedy(Remedy remedy) {
      return switch (remedy) {
        case Remedy.GiveAnother(String name) -> "give another " + field(name);
        case Remedy.Give(String name, String value) -> "set " + field(name) + " to " + value;
        case Remedy.LeaveOut(String name) -> "leave " + field(name) + " out";
        case Remedy.Download(String repository) -> "run `dimoo download " + repository + "`";
        case Remedy.Plain(String words) -> words;
      };
    }
  }
}
