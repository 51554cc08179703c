package ai.dimoo.app;

import ai.dimoo.error.DimooException;
import ai.dimoo.torch.TorchRuntime;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// The program `dimoo`: the list of commands, and the options that every command has.
@Command(
    name = "dimoo",
    description = "Pictures from sentences, and sentences about pictures: Lumina-DiMOO on the JVM.",
    versionProvider = VersionLine.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "`dimoo COMMAND --help` explains one command. Exit status: 0 done, 2 something in the request"
          + " is wrong, 3 the machine or the network cannot do it, 130 stopped by Ctrl-C, 1 a bug."
    })
final class Main implements Runnable {

  /// Columns that a help text fills at most.
  static final int HELP_WIDTH = 90;

  /// What each command is, by its name.
  private static final SequencedMap<String, Function<Terminal, Object>> COMMANDS =
      new LinkedHashMap<>();

  static {
    COMMANDS.put("generate", GenerateCommand::new);
    COMMANDS.put("inpaint", InpaintCommand::new);
    COMMANDS.put("outpaint", OutpaintCommand::new);
    COMMANDS.put("retouch", RetouchCommand::new);
    COMMANDS.put("edit", EditCommand::new);
    COMMANDS.put("ask", AskCommand::new);
    COMMANDS.put("tour", TourCommand::new);
    COMMANDS.put("serve", terminal -> new ServeCommand(terminal, System.getenv()));
    COMMANDS.put("mcp", McpCommand::new);
    COMMANDS.put("inspect", InspectCommand::new);
    COMMANDS.put("download", terminal -> new DownloadCommand(terminal, System.getenv()));
    COMMANDS.put("quantize", QuantizeCommand::new);
    COMMANDS.put("merge", MergeCommand::new);
    COMMANDS.put("convert", ConvertCommand::new);
    COMMANDS.put("train", TrainCommand::of);
    COMMANDS.put("scenes", ScenesCommand::new);
    COMMANDS.put("prepare", PrepareCommand::new);
    COMMANDS.put("evaluate", EvaluateCommand::new);
    COMMANDS.put("parity", ParityCommand::new);
    COMMANDS.put("compare", CompareCommand::new);
    COMMANDS.put("bench", BenchCommand::new);
  }

  /// Those that compute nothing with LibTorch, or little.
  private static final Set<String> WITHOUT_MODEL =
      Set.of("inspect", "download", "quantize", "merge", "convert", "scenes");

  @Option(names = "--version", versionHelp = true, description = "Print the versions and exit.")
  private boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print this help and exit.")
  private boolean help;

  @Option(
      names = ErrorReport.STACKTRACE_OPTION,
      scope = ScopeType.INHERIT,
      description = "After an error print where in the program it arose (or DIMOO_STACKTRACE=1).")
  private boolean stacktrace;

  @Spec private @Nullable CommandSpec spec;

  private Main() {}

  /// Runs one command and ends the process with the command's exit status.
  public static void main(String... arguments) {
    StandardOutput.install();
    int status;
    try (Terminal terminal = Terminal.system()) {
      status = run(terminal, arguments);
      if (status == 0) {
        status = afterOutput(terminal, arguments);
      }
    }
    System.exit(status);
  }

  /// The exit status of a command that succeeded: another one where its output was lost.
  private static int afterOutput(Terminal terminal, String... arguments) {
    try {
      terminal.out().flush();
      StandardOutput.requireTaken();
      return 0;
    } catch (DimooException e) {
      return new ErrorReport(List.of(arguments)).report(e, terminal.err());
    }
  }

  /// Runs one command and returns its exit status; never throws.
  static int run(Terminal terminal, String... arguments) {
    try {
      String first = arguments.length == 0 ? "" : arguments[0];
      if (!COMMANDS.containsKey(first)) {
        return commandLine(terminal).execute(arguments);
      }
      if (!WITHOUT_MODEL.contains(first) && !asksForHelp(arguments)) {
        TorchRuntime.loadAhead();
      }
      // reading what all commands take costs as much as reading the model's small files
      return commandLine(terminal, List.of(first)).execute(arguments);
    } catch (Throwable e) { // an Error, for instance OutOfMemoryError: picocli passes it on
      return new ErrorReport(List.of(arguments)).report(e, terminal.err());
    }
  }

  private static boolean asksForHelp(String... arguments) {
    return Arrays.stream(arguments).anyMatch(Set.of("-h", "--help")::contains);
  }

  /// All commands.
  static CommandLine commandLine(Terminal terminal) {
    return commandLine(terminal, COMMANDS.keySet());
  }

  private static CommandLine commandLine(Terminal terminal, Collection<String> names) {
    CommandLine commands = new CommandLine(new Main());
    names.forEach(name -> commands.addSubcommand(COMMANDS.get(name).apply(terminal)));
    return commands
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setUsageHelpWidth(HELP_WIDTH)
        .setUsageHelpLongOptionsMaxWidth(30)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false) // a prompt may begin with @
        .registerConverter(Path.class, Main::path)
        .setParameterExceptionHandler(ErrorReport::misuse)
        .setExecutionExceptionHandler(ErrorReport::failure);
  }

  /// A path that is given. An empty one, as a shell makes of a variable that is not set, would mean
  /// the current folder.
  private static Path path(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("it is empty, expected a path");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'%s' is not a path".formatted(text));
    }
  }

  @Override
  public void run() {
    CommandLine commands = Objects.requireNonNull(spec).commandLine();
    throw new ParameterException(
        commands,
        "No command given. Start with one of: "
            + String.join(", ", commands.getSubcommands().keySet())
            + ".");
  }
}
