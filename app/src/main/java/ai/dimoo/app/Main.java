package ai.dimoo.app;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

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
    int status;
    try (Terminal terminal = Terminal.system()) {
      status = run(terminal, arguments);
    }
    System.exit(status);
  }

  /// Runs one command and returns its exit status; never throws.
  static int run(Terminal terminal, String... arguments) {
    try {
      return commandLine(terminal).execute(arguments);
    } catch (Throwable e) { // an Error, for instance OutOfMemoryError: picocli passes it on
      return new ErrorReport(List.of(arguments)).report(e, terminal.err());
    }
  }

  /// All commands.
  static CommandLine commandLine(Terminal terminal) {
    CommandLine commands = new CommandLine(new Main());
    commands.addSubcommand(new GenerateCommand(terminal));
    commands.addSubcommand(new InpaintCommand(terminal));
    commands.addSubcommand(new OutpaintCommand(terminal));
    commands.addSubcommand(new RetouchCommand(terminal));
    commands.addSubcommand(new EditCommand(terminal));
    commands.addSubcommand(new AskCommand(terminal));
    commands.addSubcommand(new TourCommand(terminal));
    commands.addSubcommand(new ServeCommand(terminal, System.getenv()));
    commands.addSubcommand(new McpCommand(terminal));
    commands.addSubcommand(new InspectCommand(terminal));
    commands.addSubcommand(new DownloadCommand(terminal, System.getenv()));
    commands.addSubcommand(new QuantizeCommand(terminal));
    commands.addSubcommand(new MergeCommand(terminal));
    commands.addSubcommand(new ConvertCommand(terminal));
    commands.addSubcommand(TrainCommand.of(terminal));
    commands.addSubcommand(new PrepareCommand(terminal));
    commands.addSubcommand(new EvaluateCommand(terminal));
    commands.addSubcommand(new ParityCommand(terminal));
    commands.addSubcommand(new CompareCommand(terminal));
    commands.addSubcommand(new BenchCommand(terminal));
    return commands
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setUsageHelpWidth(HELP_WIDTH)
        .setUsageHelpLongOptionsMaxWidth(30)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false) // a prompt may begin with @
        .setParameterExceptionHandler(ErrorReport::misuse)
        .setExecutionExceptionHandler(ErrorReport::failure);
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
