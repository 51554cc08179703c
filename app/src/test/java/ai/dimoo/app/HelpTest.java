package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Keeps the commands, their options and the page that describes them together. CONTRIBUTING.md has
/// the command that renews both files after a deliberate change.
class HelpTest {

  private static final Path OPTIONS = Path.of("src/test/resources/cli/options.txt");
  private static final Path PAGE = Path.of("../docs/cli.md");
  private static final int WIDEST_LINE = 100;

  private static final String PAGE_START =
      """
      # Commands

      What `./dimoo COMMAND --help` prints. This page is checked against it by `HelpTest`.
      """;

  @Test
  void commandsAndOptionsAreTheOnesWeDecidedOn() throws IOException {
    List<String> lines = new ArrayList<>();
    for (CommandLine command : commands()) {
      String name = command.getCommandSpec().qualifiedName();
      lines.add(name);
      for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
        lines.add(name + " " + parameter.paramLabel());
      }
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (command.getParent() == null || !option.inherited()) {
          lines.add(name + " " + option.longestName());
        }
      }
    }

    matches(OPTIONS, String.join("\n", lines) + "\n");
  }

  @Test
  void pageShowsTheHelpOfEveryCommand() throws IOException {
    StringBuilder page = new StringBuilder(PAGE_START);
    for (CommandLine command : commands()) {
      page.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
      page.append(help(command).strip()).append("\n```\n");
    }

    matches(PAGE, page.toString());
  }

  @Test
  void linesOfHelpFitATerminal() {
    for (CommandLine command : commands()) {
      assertThat(help(command).lines())
          .as(command.getCommandName())
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(WIDEST_LINE));
    }
  }

  @Test
  void everyOptionWithAValueTellsItsDefault() {
    for (CommandLine command : commands()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (option.arity().max() > 0 && !option.required()) {
          assertThat(String.join(" ", option.description()))
              .as(command.getCommandName() + " " + option.longestName())
              .contains("default: ");
        }
      }
    }
  }

  private static List<CommandLine> commands() {
    Terminal terminal =
        new Terminal(
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            new StopSignal(),
            false);
    CommandLine root = Main.commandLine(terminal);
    List<CommandLine> commands = new ArrayList<>(List.of(root));
    for (int i = 0; i < commands.size(); i++) {
      for (Map.Entry<String, CommandLine> sub : commands.get(i).getSubcommands().entrySet()) {
        commands.add(sub.getValue());
      }
    }
    return commands;
  }

  private static String help(CommandLine command) {
    return command
        .getUsageMessage(CommandLine.Help.Ansi.OFF)
        .lines()
        .map(String::stripTrailing)
        .reduce("", (text, line) -> text + line + "\n");
  }

  private static void matches(Path file, String actual) throws IOException {
    if (System.getenv("DIMOO_WRITE_DOCS") != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, actual);
    }
    assertThat(file).content().isEqualToNormalizingNewlines(actual);
  }
}
