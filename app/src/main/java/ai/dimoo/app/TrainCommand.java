package ai.dimoo.app;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `dimoo train`: the kinds of training.
@Command(
    name = "train",
    description =
        "Train a model: pocket, the small one that comes with dimoo, from nothing; lora, an adapter to"
            + " any model on pictures of your own; full, all weights of a model on them; shortcut, a small"
            + " network that takes most of a model's sampling steps for it.",
    synopsisSubcommandLabel = "KIND",
    footer = {"", "`dimoo train KIND --help` explains one of them."})
final class TrainCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  /// The command with its kinds.
  static CommandLine of(Terminal terminal) {
    return new CommandLine(new TrainCommand())
        .addSubcommand(new TrainPocketCommand(terminal))
        .addSubcommand(new TrainLoraCommand(terminal))
        .addSubcommand(new TrainFullCommand(terminal))
        .addSubcommand(new TrainShortcutCommand(terminal));
  }

  @Override
  public void run() {
    CommandLine commands = Objects.requireNonNull(spec).commandLine();
    throw new ParameterException(
        commands,
        "Say what to train: " + String.join(", ", commands.getSubcommands().keySet()) + ".");
  }

  /// Refuses a number that is too small.
  static void require(@Nullable CommandSpec spec, String option, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          option + " is " + value + "; it must be at least " + least + ".");
    }
  }

  /// What a training that was stopped ends with.
  static void requireComplete(boolean complete) {
    if (!complete) {
      throw new CancellationException("stopped");
    }
  }
}
