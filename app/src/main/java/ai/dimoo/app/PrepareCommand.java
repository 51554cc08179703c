package ai.dimoo.app;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.torch.EngineThread;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.train.data.Preparation;
import ai.dimoo.train.data.RecordFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `dimoo prepare`: own data to tokens.
@Command(
    name = "prepare",
    description = {
      "Turn training data into tokens: pictures are cropped as the model's own training did, and"
          + " encoded by its VQ model. OUTPUT gets a sheet of what became of the first pictures. Stop"
          + " it at any time; started again it goes on with what is missing.",
      "DATA is a folder of pictures with a caption beside each (cat.png, cat.txt), or a file of"
          + " JSON Lines with the fields user_prompt, user_image (a path or a list), answer_image"
          + " or answer_text, and task or system_prompt where pictures become a picture."
    },
    footer = {
      "",
      "Example: ./dimoo prepare photos tokens",
      "Example: ./dimoo prepare data.jsonl tokens --part 1/4"
    })
final class PrepareCommand implements Runnable {

  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DATA", description = "What to prepare.")
  private @Nullable Path data;

  @Parameters(index = "1", paramLabel = "OUTPUT", description = "The folder to write into.")
  private @Nullable Path output;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Whose VQ model encodes (default: the pocket model that comes with dimoo).")
  private @Nullable String model;

  @Option(
      names = "--side",
      paramLabel = "PIXELS",
      description =
          "Pictures that words alone ask for are cropped to about the area of this square (default:"
              + " the model's own width).")
  private @Nullable Integer side;

  @Option(
      names = "--part",
      paramLabel = "I/N",
      description =
          "Do the I-th of N parts alone, so that N processes can share the work (default: 1/1).")
  private String part = "1/1";

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "Where to encode: auto, cpu, cuda, cuda:1 or mps (default: auto).")
  private String device = "auto";

  PrepareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    String[] parts = part.split("/", 2);
    int index = number(parts[0]);
    int all = parts.length == 2 ? number(parts[1]) : 0;
    if (index < 1 || index > all) {
      throw new ParameterException(
          spec.commandLine(), "--part is " + part + "; expected I/N with I from 1 to N.");
    }
    if (side != null && side < 1) {
      throw new ParameterException(
          spec.commandLine(), "--side is " + side + "; it must be at least 1.");
    }
    RecordFiles records = RecordFiles.read(data);
    records.rejected().forEach(rejected -> terminal.err().println("skipped " + rejected));
    try (EngineThread engine =
        new EngineThread("prepare", Runtime.getRuntime().availableProcessors())) {
      TrainCommand.requireComplete(engine.call(() -> prepare(records, index - 1, all)));
    }
    terminal.out().println(output);
  }

  private static int number(String text) {
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
  }

  private boolean prepare(RecordFiles records, int index, int all) {
    try (Checkpoint checkpoint = Checkpoint.open(OpeningOptions.locate(model));
        Preparation preparation =
            new Preparation(
                checkpoint, records, output, width(checkpoint), TorchDevice.find(device))) {
      int count = preparation.records(index, all);
      try (Progress bar = terminal.progress("prepare", count, "records")) {
        if (!preparation.run(index, all, done -> bar.at(done, ""), terminal.stop())) {
          return false;
        }
      }
      int unread = preparation.rejected(index, all);
      int skipped = records.rejected().size() + unread;
      terminal.err().println("%d records prepared, %d skipped".formatted(count - unread, skipped));
      return true;
    }
  }

  private int width(Checkpoint checkpoint) {
    return side != null
        ? side
        : checkpoint
            .generationConfig()
            .read(fields -> fields.whole("width", Preparation.PUBLISHED_SIDE));
  }
}
