package ai.dimoo.app;

import ai.dimoo.error.Remedy;
import ai.dimoo.error.Wording;

/// Speaks of options and commands.
final class CommandWording implements Wording {

  static final CommandWording INSTANCE = new CommandWording();

  private CommandWording() {}

  @Override
  public String field(String name) {
    return switch (name) {
      case "prompt", "question" -> "the " + name;
      default -> "--" + name.replace('_', '-');
    };
  }

  @Override
  public String remedy(Remedy remedy) {
    return switch (remedy) {
      case Remedy.GiveAnother(String name) -> "give another " + field(name);
      case Remedy.Give(String name, String value) ->
          "give " + field(name) + (value.equals("true") ? "" : " " + value); // a flag has none
      case Remedy.LeaveOut(String name) -> "leave " + field(name) + " out";
      case Remedy.Download(String repository) -> "run `./dimoo download " + repository + "`";
      case Remedy.Plain(String words) -> words;
    };
  }
}
