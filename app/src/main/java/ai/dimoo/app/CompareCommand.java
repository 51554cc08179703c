package ai.dimoo.app;

import ai.dimoo.Comparison;
import ai.dimoo.ModelComparison;
import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.TextToImage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dimoo compare`: how far two models, or number formats, decide the same.
@Command(
    name = "compare",
    description =
        "Compare two models, or one in two number formats, over pictures from a list of prompts."
            + " At each step of a picture that the first draws, the second is asked what it would"
            + " have decided about the same tokens with the same random numbers; then it draws the"
            + " picture for itself. Both sample as the first one's defaults say, without the cache.",
    footer = {
      "",
      "Examples: ./dimoo compare @float32 @int8",
      "          ./dimoo compare lumina@bfloat16 lumina-int4 --prompts prompts.txt --json -"
    })
final class CompareCommand implements Runnable {

  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "A",
      description =
          "The first model: a checkpoint's folder, or the name of one that `dimoo download` fetched;"
              + " behind it, if wanted, @ and a number format as --dtype has it elsewhere: @float32,"
              + " @bfloat16, @int8 or @int4. A format alone means the model that comes with dimoo.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "The second model, in the same way.")
  private String second = "";

  @Option(
      names = "--prompts",
      paramLabel = "FILE",
      description =
          "A prompt on each line; empty lines and those that begin with # do not count (default:"
              + " sixteen about shapes and colours).")
  private @Nullable Path prompts;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the first picture; those after it have the numbers that follow (default: 0).")
  private long seed;

  @Option(
      names = "--timesteps",
      paramLabel = "N",
      description = "Denoising steps of each picture (default: the first model's).")
  private @Nullable Integer timesteps;

  @Mixin private SizeOptions size = new SizeOptions();

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description =
          "Where to compute: auto, cpu, cuda, cuda:1 or mps (default: auto, which is cuda if there is"
              + " one, else cpu).")
  private @Nullable String device;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Also write the figures, those of each picture among them, to this file, as JSON; `-`"
              + " prints JSON in place of the table (default: the table alone).")
  private @Nullable String json;

  CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Figures figures = Figures.to(json);
    CompareTable table = new CompareTable(compared(requests()));
    figures.write(terminal.out(), table.toJson(), table::print);
  }

  private List<TextToImage> requests() {
    List<String> texts = ComparedPrompts.of(prompts);
    if (seed < 0 || seed > Long.MAX_VALUE - texts.size()) {
      throw new UserException(Fault.value("seed", seed, "0 or more"));
    }
    return IntStream.range(0, texts.size())
        .mapToObj(i -> {
          TextToImage.Builder request =
              TextToImage.of(texts.get(i)).sampling(Sampling.DEFAULT).seed(seed + i);
          if (timesteps != null) {
            request.timesteps(timesteps);
          }
          return request.build().withSize(size.width, size.height);
        })
        .toList();
  }

  private Comparison compared(List<TextToImage> requests) {
    ComparedModel a = ComparedModel.parse(first);
    ComparedModel b = ComparedModel.parse(second);
    try (ModelComparison models =
        new ModelComparison(a.folder(), a.options(device), b.folder(), b.options(device))) {
      long total = (long) models.steps(requests.getFirst()) * requests.size();
      try (Progress progress = terminal.progress("compare", total, "steps")) {
        long[] done = {0};
        return models.compare(
            requests,
            () -> {
              terminal.stop().check();
              progress.at(++done[0], "");
            });
      }
    }
  }
}
