package ai.dimoo.app;

import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import ai.dimoo.linear.Quantiser;
import ai.dimoo.linear.WeightFormat;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dimoo quantize`: writes a smaller copy of a checkpoint.
@Command(
    name = "quantize",
    description =
        "Write a smaller copy of a checkpoint: the matrices of the transformer's blocks in 8 or 4"
            + " bits, all else as it was. The copy is a model like any other, for --model; it is"
            + " there whole or not at all.")
final class QuantizeCommand implements Runnable {

  private final Terminal terminal;

  @Mixin private CopiedModel model = new CopiedModel();

  @Parameters(index = "1", paramLabel = "COPY", description = "The folder to make.")
  private Path copy = Path.of("");

  @Option(
      names = "--weights",
      paramLabel = "TYPE",
      defaultValue = "int8",
      description =
          "int8: half of bfloat16's size, and fast on processors with VNNI or AMX. int4: a quarter,"
              + " slower, less exact (default: int8).")
  private String weights = "int8";

  QuantizeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    WeightFormat format = WeightFormat.ofSpelling(weights);
    if (format == null) {
      throw new UserException(Fault.value("weights", weights, "int8 or int4"));
    }
    try (DownloadProgress progress = new DownloadProgress(terminal)) {
      Quantiser.write(
          model.directory(),
          copy,
          format,
          (written, total) -> progress.progress(copy.toString(), written, total));
    }
    terminal.out().println(copy);
  }
}
