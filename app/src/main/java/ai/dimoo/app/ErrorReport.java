package ai.dimoo.app;

import ai.dimoo.error.DimooException;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Errors as one line on standard error, and the exit status that goes with them.
final class ErrorReport {

  /// A bug in this program.
  static final int BUG = 1;

  /// Something in the request to mend.
  static final int USER = 2;

  /// The machine or the network cannot do it.
  static final int ENVIRONMENT = 3;

  /// Stopped by Ctrl-C: 128 + the number of SIGINT, as shells have it.
  static final int INTERRUPTED = 130;

  static final String STACKTRACE_OPTION = "--stacktrace";

  /// What parameters are called that people write without quotes.
  private static final List<String> TEXTS = List.of("prompt", "question");

  private final boolean stacktrace;

  /// @param arguments the command line, to see whether it asks for stack traces
  ErrorReport(List<String> arguments) {
    String variable = System.getenv("DIMOO_STACKTRACE");
    boolean wanted = variable != null && !variable.isEmpty() && !variable.equals("0");
    this.stacktrace = wanted || arguments.contains(STACKTRACE_OPTION);
  }

  /// A command line that cannot be understood.
  static int misuse(ParameterException e, String[] arguments) {
    CommandLine commandLine = e.getCommandLine();
    String problem =
        e instanceof UnmatchedArgumentException unmatched
            ? describe(unmatched)
            : inWords(e.getMessage());
    String name = commandLine.getCommandSpec().qualifiedName();
    UserException explained =
        new UserException(sentence(problem) + " See `" + name + " --help`.", e);
    return new ErrorReport(List.of(arguments)).report(explained, commandLine.getErr());
  }

  /// A command that failed.
  static int failure(Exception e, CommandLine commandLine, ParseResult parsed) {
    return new ErrorReport(parsed.originalArgs()).report(e, commandLine.getErr());
  }

  /// Prints the line and returns the exit status.
  int report(Throwable e, PrintWriter err) {
    err.println("dimoo: " + line(e));
    if (stacktrace) {
      e.printStackTrace(err);
    }
    err.flush();
    return status(e);
  }

  private static int status(Throwable e) {
    return switch (e) {
      case UserException _ -> USER;
      case CancellationException _ -> INTERRUPTED;
      case InterruptedException _ -> INTERRUPTED;
      case EnvironmentException _ -> ENVIRONMENT;
      case IOException _ -> ENVIRONMENT;
      case UncheckedIOException _ -> ENVIRONMENT;
      case OutOfMemoryError _ -> ENVIRONMENT;
      default -> BUG;
    };
  }

  private static String line(Throwable e) {
    String text =
        switch (e) {
          case DimooException explained -> explained.in(CommandWording.INSTANCE);
          case CancellationException _ -> "stopped.";
          case InterruptedException _ -> "stopped.";
          case UncheckedIOException io -> describe(io.getCause());
          case IOException io -> describe(io);
          case OutOfMemoryError _ ->
              "out of memory ("
                  + message(e)
                  + "). Give Java more with DIMOO_JAVA_OPTS=-Xmx8g, or ask for less at once.";
          default ->
              "a bug in dimoo: "
                  + e.getClass().getSimpleName()
                  + ": "
                  + message(e)
                  + " (run again with "
                  + STACKTRACE_OPTION
                  + " or DIMOO_STACKTRACE=1 for details).";
        };
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static String describe(@Nullable IOException e) {
    return switch (e) {
      case FileSystemException file when file.getReason() != null ->
          file.getFile() + ": " + file.getReason() + ".";
      case FileSystemException file ->
          file.getFile() + ": " + words(file.getClass().getSimpleName()) + ".";
      case null -> "a file or connection failed.";
      default -> message(e) + ".";
    };
  }

  private static String describe(UnmatchedArgumentException e) {
    String first = e.getUnmatched().getFirst();
    String what = e.isUnknownOption() ? "Unknown option " : "Unexpected argument ";
    CommandSpec command = e.getCommandLine().getCommandSpec();
    if (!e.isUnknownOption() && TEXTS.contains(firstPositional(command))) {
      return what + first + ": put the whole " + firstPositional(command) + " in quotes";
    }
    List<String> longer = longer(first, command);
    List<String> suggestions = longer.isEmpty() ? e.getSuggestions() : longer;
    String hint =
        suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?";
    return what + first + hint;
  }

  /// What its first parameter is called; empty: it has none.
  private static String firstPositional(CommandSpec command) {
    return command.positionalParameters().stream()
        .findFirst()
        .map(parameter -> parameter.paramLabel().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  /// Options whose names have the whole of what was typed within them: `--timesteps` for `--steps`.
  /// Picocli goes by letters in common alone.
  private static List<String> longer(String typed, CommandSpec command) {
    String name = typed.replaceFirst("=.*", "").replaceFirst("^-+", "");
    return name.length() < 3
        ? List.of()
        : command.options().stream()
            .map(OptionSpec::longestName)
            .filter(option -> option.contains(name))
            .sorted()
            .toList();
  }

  /// Java's types in plain words.
  private static String inWords(String message) {
    return message
        .replaceAll("is not an? (int|long)\\b", "is not a whole number")
        .replaceAll("is not a (double|float)\\b", "is not a number");
  }

  /// `AccessDeniedException` as `access denied`.
  private static String words(String exceptionName) {
    return exceptionName
        .replaceFirst("Exception$", "")
        .replaceAll("(?<=.)([A-Z])", " $1")
        .toLowerCase(Locale.ROOT);
  }

  private static String message(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String sentence(String text) {
    return text.matches("(?s).*[.?!]") ? text : text + ".";
  }
}
