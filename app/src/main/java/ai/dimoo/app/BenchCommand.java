package ai.dimoo.app;

import static ai.dimoo.memory.FreeMemory.gigabytes;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.error.UserException;
import ai.dimoo.train.bench.AdapterBench;
import ai.dimoo.train.bench.Bench;
import ai.dimoo.train.bench.BenchListener;
import ai.dimoo.train.bench.BenchResult;
import ai.dimoo.train.bench.BenchSettings;
import ai.dimoo.train.bench.BenchSubject;
import ai.dimoo.train.bench.Ladder;
import ai.dimoo.train.bench.LadderResult;
import ai.dimoo.train.bench.Shape;
import ai.dimoo.train.bench.SyntheticCheckpoint;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dimoo bench`: measures what drawing a picture costs on this machine.
@Command(
    name = "bench",
    description =
        "Measure what a step of text-to-image costs on this machine: seconds, tokens a second,"
            + " memory, with and without the cache; and each part of a forward pass beside what the"
            + " reference computes for it. Medians, warm-up excluded. With --ladder, every way to"
            + " sample: each number format, the cache, each speed.")
final class BenchCommand implements Runnable {

  private static final int STEPS = 10;
  private static final int REPEATS = 3;

  private final Terminal terminal;

  @Mixin private OpeningOptions model = new OpeningOptions();

  @Mixin private SizeOptions size = new SizeOptions();

  @Option(
      names = "--shape",
      paramLabel = "NAME",
      description =
          "Measure random weights of this shape in place of a model: 8b is Lumina-DiMOO at 512x512"
              + " pixels, tiny is for trying this command out (default: the model is measured).")
  private @Nullable String shape;

  @Option(
      names = "--layers",
      paramLabel = "N",
      description =
          "How many layers of the shape to make; a forward pass of all of them is extrapolated"
              + " (default: 1).")
  private @Nullable Integer layers;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Denoising steps of each run (default: " + STEPS + ").")
  private int steps = STEPS;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "Times that everything is measured (default: " + REPEATS + ").")
  private int repeats = REPEATS;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Also write the figures to this file, as JSON; `-` prints JSON in place of the table"
              + " (default: the table alone).")
  private @Nullable String json;

  @Option(
      names = "--ladder",
      description =
          "Measure every way to sample a picture in one run: the reference's passes and logits,"
              + " ours, in bfloat16, float32, int8 and int4, the cache, and the speeds; with the"
              + " rate of each kind of product, its share of the best that this machine does in"
              + " that format, and a mark where a format is not really used. Takes minutes"
              + " (default: off).")
  private boolean ladder;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "JSON of an earlier ladder: how much each line has changed is shown beside it; turns"
              + " --ladder on (default: none).")
  private @Nullable Path baseline;

  @Option(
      names = "--adapter",
      paramLabel = "RANK",
      description =
          "With --shape: measure steps of training an adapter of this rank instead (--steps of them, at"
              + " most 3), and their memory beside what `dimoo train lora --plan` says (default: none).")
  private @Nullable Integer adapter;

  @Option(
      names = "--recompute",
      description =
          "With --adapter: compute activations again in the backward pass (default: off).")
  private boolean recompute;

  @Option(
      names = "--write-checkpoint",
      paramLabel = "DIR",
      description =
          "Measure nothing, but write a checkpoint of the whole --shape into a new folder: random"
              + " numbers in bfloat16, six shards (16.2 GB for 8b), with words of --model's tokenizer;"
              + " for seeing how such a model is loaded and sampled (default: none).")
  private @Nullable Path writeCheckpoint;

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (adapter != null || recompute) {
      train();
      return;
    }
    if (writeCheckpoint != null) {
      write(writeCheckpoint);
      return;
    }
    Figures figures = Figures.to(json);
    BenchSettings settings = new BenchSettings(model.options(), steps, repeats);
    if (ladder || baseline != null) {
      LadderBaseline before = baseline == null ? null : LadderBaseline.read(baseline);
      LadderResult result = Ladder.run(subject(), settings, listener());
      figures.write(terminal.out(), result.toJson(), out -> LadderTable.print(result, before, out));
      return;
    }
    BenchResult result = Bench.run(subject(), settings, listener());
    figures.write(terminal.out(), result.toJson(), out -> BenchTable.print(result, out));
  }

  private void train() {
    if (adapter == null
        || !(subject() instanceof BenchSubject.Random random)
        || json != null
        || ladder
        || baseline != null) {
      throw new UserException(
          "--adapter goes with --shape, --recompute with --adapter; leave out --json, --ladder and"
              + " --baseline.");
    }
    if (adapter < 1) {
      throw new UserException("--adapter is %d; expected a rank of 1 or more.".formatted(adapter));
    }
    AdapterBench.Result result =
        AdapterBench.run(
            random, adapter, recompute, model.options(), Math.clamp(steps, 1, 3), listener());
    result
        .planned()
        .parts()
        .forEach(part ->
            terminal.out().println("%-38s %8s".formatted(part.name(), gigabytes(part.bytes()))));
    Long peak = result.peak();
    terminal
        .out()
        .println(
            "planned %s, measured %s; %d tokens, %.1f s a step"
                .formatted(
                    gigabytes(result.planned().bytes()),
                    peak == null ? "unknown" : gigabytes(peak),
                    result.planned().longest(),
                    result.seconds()));
  }

  private void write(Path folder) {
    if (shape == null || layers != null) {
      throw new UserException(
          "--write-checkpoint writes a whole shape: give --shape 8b or tiny, and no --layers.");
    }
    try (DownloadProgress progress = new DownloadProgress(terminal)) {
      SyntheticCheckpoint.write(
          Shape.named(shape),
          folder,
          model.directory().resolve(Checkpoint.TOKENIZER),
          (written, total) -> progress.progress(folder.toString(), written, total));
    }
    terminal.out().println(folder);
  }

  private BenchSubject subject() {
    if (shape == null) {
      if (layers != null) {
        throw new UserException("--layers goes with --shape; a model is measured whole.");
      }
      return new BenchSubject.Saved(model.directory(), size.width, size.height);
    }
    if (model.model != null
        || !model.adapters.isEmpty()
        || size.width != null
        || size.height != null) {
      throw new UserException(
          "--shape has weights and a size of its own; leave out --model, --lora, --width and"
              + " --height.");
    }
    return new BenchSubject.Random(Shape.named(shape), layers == null ? 1 : layers);
  }

  private BenchListener listener() {
    return new BenchListener() {
      @Override
      public void onPhase(String phase) {
        terminal.err().println("measuring: " + phase);
      }

      @Override
      public void onWork() {
        terminal.stop().check();
      }
    };
  }
}
