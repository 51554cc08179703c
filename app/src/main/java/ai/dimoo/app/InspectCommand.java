package ai.dimoo.app;

import ai.dimoo.ModelDefaults;
import ai.dimoo.SpeedPresets;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.TensorInfo;
import ai.dimoo.checkpoint.WeightFiles;
import ai.dimoo.image.Size;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.knowledge.KnowledgeFile;
import ai.dimoo.knowledge.KnownThing;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.VqConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dimoo inspect`: says what a checkpoint holds, reading its configuration and its headers only.
@Command(
    name = "inspect",
    description =
        "Say what is in a checkpoint: the models' shapes, their weights, the tokenizer. Reads only"
            + " configuration and headers, so it is quick for any size.")
final class InspectCommand implements Runnable {

  private static final double MEGABYTE = 1e6;

  /// Things that are named; more are counted.
  private static final int SHOWN_THINGS = 12;

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MODEL",
      description =
          "A checkpoint's folder, or the name of one that `dimoo download` fetched (default: the"
              + " pocket model that comes with dimoo).")
  private @Nullable String model;

  @Option(names = "--tensors", description = "Also list every tensor: its name, type and shape.")
  private boolean tensors;

  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    try (Checkpoint checkpoint = Checkpoint.open(OpeningOptions.locate(model))) {
      PrintWriter out = terminal.out();
      out.println(checkpoint.directory());
      line("transformer", describe(checkpoint));
      line("weights", describe(checkpoint.weights()));
      WeightFormat few = WeightFormat.stored(checkpoint.config());
      if (few != null) {
        line("quantised", describe(few));
      }
      if (checkpoint.hasVq()) {
        line("vq model", describe(VqConfig.of(checkpoint.vqConfig())));
        line("weights", describe(checkpoint.vqWeights()));
      } else {
        line("vq model", "none: no " + Checkpoint.VQ_DIRECTORY + "/" + Checkpoint.CONFIG);
      }
      line(
          "tokenizer",
          checkpoint.hasTokenizer() ? Checkpoint.TOKENIZER : "none: no " + Checkpoint.TOKENIZER);
      if (checkpoint.hasVq()) {
        int factor = VqConfig.of(checkpoint.vqConfig()).pixelsPerCode();
        SpeedPresets speeds = ModelDefaults.of(checkpoint, factor).speeds();
        line("speeds", describe(speeds, SamplingKind.EDIT));
        line("of answers", describe(speeds, SamplingKind.ANSWER));
      }
      describe(KnowledgeFile.read(checkpoint));
      if (tensors) {
        list("", checkpoint.weights());
        if (checkpoint.hasVq()) {
          list(Checkpoint.VQ_DIRECTORY + "/", checkpoint.vqWeights());
        }
      }
    }
  }

  private void describe(Knowledge knowledge) {
    line("tasks", listed(knowledge.tasks(), "not limited"));
    line("sizes", listed(knowledge.sizes().stream().map(Size::toString).toList(), "not limited"));
    line("languages", listed(knowledge.languages(), "not limited"));
    if (knowledge.limited()) {
      List<String> names = knowledge.things().stream().map(KnownThing::name).toList();
      line(
          "things",
          names.size() <= SHOWN_THINGS
              ? String.join(", ", names)
              : "%d: %s, … (all are in %s)"
                  .formatted(
                      names.size(),
                      String.join(", ", names.subList(0, SHOWN_THINGS)),
                      Checkpoint.KNOWLEDGE));
    } else {
      line("things", "not limited");
    }
  }

  /// `balanced (timesteps 32), fast (timesteps 16)`
  private static String describe(SpeedPresets speeds, SamplingKind kind) {
    String all =
        speeds.offered(kind).entrySet().stream()
            .map(offered -> offered.getKey() + " (" + settings(offered.getValue(), kind) + ")")
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "none of its own" : all;
  }

  private static String settings(Sampling preset, SamplingKind kind) {
    return SamplingTable.of(kind).stream()
        .filter(field -> preset.get(field) != null)
        .map(field -> field.name() + " " + preset.get(field))
        .collect(Collectors.joining(", "));
  }

  private static String listed(List<String> names, String none) {
    return names.isEmpty() ? none : String.join(", ", names);
  }

  private void line(String part, String description) {
    terminal.out().printf("  %-12s %s%n", part, description);
  }

  private static String describe(Checkpoint checkpoint) {
    TransformerConfig config = TransformerConfig.of(checkpoint);
    int written = TransformerConfig.of(checkpoint.config()).vocabSize();
    return written == config.vocabSize()
        ? describe(config)
        : "%s (%s says %d; the tensors are believed)"
            .formatted(describe(config), Checkpoint.CONFIG, written);
  }

  private static String describe(TransformerConfig config) {
    String heads =
        config.nKvHeads() == config.nHeads()
            ? config.nHeads() + " heads"
            : config.nHeads() + " heads (" + config.nKvHeads() + " for keys and values)";
    return "%d blocks, width %d, %s, feed-forward %d, vocabulary %d"
        .formatted(
            config.nLayers(), config.dModel(), heads, config.mlpHiddenSize(), config.vocabSize());
  }

  private static String describe(VqConfig config) {
    return "%d codes of %d numbers, one for %dx%<d pixels, channels %s"
        .formatted(
            config.codebookSize(),
            config.codeDim(),
            config.pixelsPerCode(),
            config.blockOutChannels().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" ")));
  }

  private static String describe(WeightFormat few) {
    String how =
        switch (few) {
          case INT8 -> "8 bits a number, a scale for each output";
          case INT4 -> "4 bits a number, two in each U8, a scale for each 32 inputs";
        };
    return "%s: the matrices of the blocks, %s".formatted(few, how);
  }

  private static String describe(WeightFiles weights) {
    Map<String, Long> numbersByType = new TreeMap<>();
    for (String name : weights.names()) {
      TensorInfo info = weights.info(name);
      numbersByType.merge(info.dtype().toString(), info.elements(), Long::sum);
    }
    String numbers =
        numbersByType.entrySet().stream()
            .map(entry -> String.format(Locale.ROOT, "%,d x %s", entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%d %s, %.1f MB, %d tensors: %s",
        weights.fileCount(),
        weights.fileCount() == 1 ? "file" : "files",
        weights.bytes() / MEGABYTE,
        weights.names().size(),
        numbers);
  }

  private void list(String prefix, WeightFiles weights) {
    for (String name : weights.names()) {
      TensorInfo info = weights.info(name);
      terminal.out().printf("%s%s %s %s%n", prefix, name, info.dtype(), info.shape());
    }
  }
}
