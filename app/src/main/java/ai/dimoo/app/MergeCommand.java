package ai.dimoo.app;

import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.adapter.Merger;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dimoo merge`: writes a copy of a checkpoint that has an adapter in its weights.
@Command(
    name = "merge",
    description =
        "Write a copy of a checkpoint that has adapters in its weights: a model like any other, for"
            + " --model, that makes the pictures that the original makes with --lora, up to the"
            + " rounding of its number format. The copy is there whole or not at all.",
    footer = {"", "Example: ./dimoo merge Alpha-VLLM/Lumina-DiMOO --lora adapter -o stars"})
final class MergeCommand implements Runnable {

  private final Terminal terminal;

  @Mixin private CopiedModel model = new CopiedModel();

  @Option(
      names = "--lora",
      paramLabel = "DIR[:SCALE]",
      required = true,
      description =
          "An adapter in the files of Hugging Face's PEFT, and how much of it (default: 1, as it was"
              + " trained). May be given several times; their changes add up.")
  private List<String> adapters = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "The folder to make; it must not exist.")
  private Path output = Path.of("");

  MergeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    List<AdapterChoice> choices = adapters.stream().map(AdapterChoice::parse).toList();
    try (DownloadProgress progress = new DownloadProgress(terminal)) {
      Merger.write(
          model.directory(),
          output,
          choices,
          (written, total) -> progress.progress(output.toString(), written, total));
    }
    terminal.out().println(output);
  }
}
