package ai.dimoo.app;

import ai.dimoo.checkpoint.PickledTensors;
import ai.dimoo.checkpoint.SafetensorsWriter;
import ai.dimoo.checkpoint.TensorSource;
import ai.dimoo.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dimoo convert`: writes the tensors of a PyTorch file as safetensors.
@Command(
    name = "convert",
    description =
        "Write the tensors of a file that PyTorch's torch.save wrote (.pth, .pt, .bin) as safetensors,"
            + " under their names and in their number formats. Nothing in the file is executed. The"
            + " published shortcut network comes as such a file; a model uses it as it is where it lies"
            + " in its folder as dimoo-shortcut.pth, and converted as shortcut.safetensors.",
    footer = {"", "Example: ./dimoo convert dimoo-shortcut.pth MODEL/shortcut.safetensors"})
final class ConvertCommand implements Runnable {

  private static final String ENDING = ".safetensors";
  private static final double MEGABYTE = 1e6;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE", description = "The file by torch.save.")
  private Path file = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OUTPUT",
      description =
          "The file to write; it must not exist (default: beside FILE, its ending .safetensors).")
  private @Nullable Path output;

  @Option(names = "--tensors", description = "Also list every tensor: its name, type and shape.")
  private boolean tensors;

  ConvertCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Path target = output == null ? beside(file) : output;
    if (Files.exists(target)) {
      throw new UserException(
          "%s is there already: remove it, or name another file.".formatted(target));
    }
    try (PickledTensors opened = PickledTensors.open(file)) {
      Map<String, TensorSource> sources = new TreeMap<>();
      opened.names().forEach(name -> sources.put(name, opened.source(name)));
      SafetensorsWriter.writeSources(target, sources, Map.of("format", "pt"));
      if (tensors) {
        sources.forEach((name, tensor) ->
            terminal.out().printf("%s %s %s%n", name, tensor.dtype(), tensor.shape()));
      }
      long bytes = sources.values().stream().mapToLong(TensorSource::bytes).sum();
      terminal
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "%s: %d tensors, %.1f MB",
                  target,
                  sources.size(),
                  bytes / MEGABYTE));
    }
  }

  private static Path beside(Path file) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ENDING);
  }
}
