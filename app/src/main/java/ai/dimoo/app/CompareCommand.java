package ai.dimoo.app;

import ai.dimoo.Comparison;
import ai.dimoo.ModelComparison;
import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.TextToImage;
import ai.dimoo.train.worlds.pictograms.evaluation.Suites;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `dimoo compare`: how far two models, or number formats, decide the same.
@Command(
    name = "compare",
    description =
        "Compare two models, or one in two number formats, over pictures from a list of prompts."
            + " At each step of a picture that the first draws, the second is asked what it would"
            + " have decided about the same tokens with the same random numbers; then it draws the"
            + " picture for itself. Both sample as the first one's defaults say, without the cache."
            + " With --scores, also who of the two is right more often, each sampled as it usually is"
            + " or as its settings say; where these differ, steps are not compared.",
    footer = {
      "",
      "Examples: ./dimoo compare @float32 @int8",
      "          ./dimoo compare lumina@bfloat16 lumina-int4 --prompts prompts.txt --json -",
      "          ./dimoo compare @bfloat16 @int8 --scores 2000",
      "          ./dimoo compare :exact :balanced --scores 2000 --suites names,geneval,edit",
      "          ./dimoo compare models/pocket models/pocket:timesteps=16,cfg_scale=1 --scores 500"
    })
final class CompareCommand implements Runnable {

  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "A",
      description =
          "The first model: a checkpoint's folder, or the name of one that `dimoo download` fetched;"
              + " behind it, if wanted, @ and a number format as --dtype has it elsewhere: @float32,"
              + " @bfloat16, @int8 or @int4; and then a colon and how it samples, with commas between:"
              + " a speed, or settings as JSON names them (:balanced, :timesteps=16,cfg_scale=3)."
              + " Without a model it is the one that comes with dimoo.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "The second model, in the same way.")
  private String second = "";

  @Option(
      names = "--prompts",
      paramLabel = "FILE",
      description =
          "A prompt on each line; empty lines and those that begin with # do not count (default:"
              + " sixteen about things and places).")
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

  @Option(
      names = "--scores",
      paramLabel = "N",
      description =
          "Also ask both N things of the world of pictograms, the same with the same seeds, and"
              + " judge them as `dimoo evaluate` does: the share that each has right, and the"
              + " difference with its 95%% interval; 1 or more (default: none).")
  private @Nullable Integer scores;

  @Option(
      names = "--suites",
      paramLabel = "SUITE",
      split = ",",
      description =
          "What --scores asks: suites of `dimoo evaluate`, as many things of each (default:"
              + " names,geneval).")
  private @Nullable List<String> suites;

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
    RepeatedSeed.require(seed);
    Figures figures = Figures.to(json);
    ComparedModel a = ComparedModel.parse(first);
    ComparedModel b = ComparedModel.parse(second);
    PairedQuestions questions = questions();
    boolean sameSampling = a.sampling().equals(b.sampling());
    if (!sameSampling && questions == null) {
      throw new UserException(
          "The two are sampled differently, so that their steps cannot be compared: give both the"
              + " same settings, or ask for their scores with --scores N.");
    }
    CompareTable steps = sameSampling ? new CompareTable(compared(a, b, requests(a))) : null;
    ComparedScores asked = questions == null ? null : questions.ask(terminal, a, b, device);
    ObjectNode all = steps == null ? JsonNodeFactory.instance.objectNode() : steps.toJson();
    if (asked != null) {
      all.set("scores", asked.toJson());
    }
    figures.write(
        terminal.out(),
        all,
        out -> {
          if (steps != null) {
            steps.print(out);
          }
          if (asked != null) {
            asked.print(out);
          }
        });
  }

  private @Nullable PairedQuestions questions() {
    if (scores == null) {
      if (suites != null) {
        throw new UserException("--suites says what --scores asks: give --scores N too.");
      }
      return null;
    }
    if (scores < 1) {
      throw new UserException(Fault.value("scores", scores, "1 or more"));
    }
    return new PairedQuestions(
        (suites == null ? PairedQuestions.USUAL : suites).stream().map(Suites::named).toList(),
        scores,
        steps().withSeed(seed));
  }

  /// What the options say of how both sample.
  private Sampling steps() {
    return Sampling.DEFAULT.withTimesteps(timesteps);
  }

  private List<TextToImage> requests(ComparedModel model) {
    List<String> texts = ComparedPrompts.of(prompts);
    if (seed > Long.MAX_VALUE - texts.size()) {
      throw new UserException(
          Fault.value("--seed", seed, "%d at most".formatted(Long.MAX_VALUE - texts.size())));
    }
    Sampling sampling = model.sampling().or(steps());
    return IntStream.range(0, texts.size())
        .mapToObj(i ->
            TextToImage.of(texts.get(i))
                .sampling(sampling)
                .seed(seed + i)
                .build()
                .withSize(size.width, size.height))
        .toList();
  }

  private Comparison compared(ComparedModel a, ComparedModel b, List<TextToImage> requests) {
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
