package ai.dimoo.train.runs;

import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.error.DimooException;
import ai.dimoo.image.Picture;
import ai.dimoo.linear.Linears;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.train.log.TrainingListener;
import ai.dimoo.train.lora.LoraTrainer;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.train.optim.Trainer;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.parallel.Rendezvous;
import ai.dimoo.train.source.MaskCodes;
import ai.dimoo.train.source.Share;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.transformer.OwnDataRecipe;
import ai.dimoo.train.transformer.TransformerRecipe;
import ai.dimoo.train.transformer.TransformerTrainer;
import ai.dimoo.transformer.TransformerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// One rank of a training of a tiny model, as a program of its own: prints a line a step.
public final class TinyRank {

  private static final int BATCH = 7;
  private static final int VOCABULARY = 61;
  private static final int LONG = 700;

  private TinyRank() {}

  /// @param args the run's folder, port, rank, world, steps in all, peak of the learning rate, and
  ///   what learns: `all` weights, or an `adapter` with dropout
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    int rank = Integer.parseInt(args[2]);
    int world = Integer.parseInt(args[3]);
    TorchRuntime.load();
    TorchRuntime.setThreads(1);
    try (Ranks ranks =
        world == 1
            ? Ranks.ALONE
            : new Rendezvous(
                    "127.0.0.1", Integer.parseInt(args[1]), rank, world, Duration.ofSeconds(20))
                .join(TorchDevice.CPU.toDevice(), () -> false)) {
      long steps = Long.parseLong(args[4]);
      LearningRate rate = new LearningRate(Double.parseDouble(args[5]), 5, 100, 0);
      Phase phase = args[6].equals("all") ? all(steps, rate) : adapter(steps, rate);
      Conduct conduct =
          new Conduct(
              Dtype.FLOAT32, TorchDevice.CPU, 2, false, false, ranks, new Printer(folder, rank));
      boolean complete = new Run(new RunFolder(folder), List.of(phase)).all(conduct);
      System.out.println(complete ? "done" : "stopped");
    } catch (DimooException e) {
      System.out.println(e.getMessage());
      System.exit(3);
    }
  }

  /// Asks to stop after as many steps as a file `stop-RANK` in the folder says.
  private static final class Printer implements TrainingListener {

    private long left;

    Printer(Path folder, int rank) {
      Path file = folder.resolve("stop-" + rank);
      try {
        left = Files.exists(file) ? Long.parseLong(Files.readString(file)) : Long.MAX_VALUE;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void onStep(String phase, long step, long steps, Map<String, Double> scalars) {
      System.out.println(step + " " + scalars.get(Trainer.LOSS));
    }

    @Override
    public void onSheet(String phase, long step, Picture sheet) {}

    @Override
    public boolean stopped() {
      return --left == 0;
    }
  }

  private static final TransformerConfig CONFIG =
      new TransformerConfig(32, 3, 4, 2, 48, VOCABULARY, 10_000, 1e-5, false);

  private static final AdamW.Settings OPTIMISER = new AdamW.Settings(0.9, 0.95, 1e-8, 0.1, 0.5);

  private static Phase all(long steps, LearningRate rate) {
    TransformerRecipe recipe = new TransformerRecipe(CONFIG, rate, OPTIMISER, 2, 5, 0.9, false, 3);
    return new TinyPhase(
        recipe.toString(),
        (run, conduct) -> {
          try (TransformerTrainer trainer =
              new TransformerTrainer(
                  recipe,
                  TinyRank::examples,
                  0,
                  features(),
                  ScalarType.Float,
                  conduct.ranks(),
                  conduct.device().toDevice())) {
            return new TrainingLoop("tiny", trainer, steps, new Showing(trainer)).run(run, conduct);
          }
        });
  }

  private static Phase adapter(long steps, LearningRate rate) {
    LoraConfig adapter = new LoraConfig(4, 4, false, 0.3, "tiny");
    OwnDataRecipe recipe = new OwnDataRecipe(rate, OPTIMISER, BATCH, 8, true, 3);
    return new TinyPhase(
        adapter + " " + recipe,
        (run, conduct) -> {
          try (LoraTrainer trainer =
              new LoraTrainer(
                  CONFIG,
                  TinyRank::base,
                  Linears.widened(TinyRank::base, Dtype.FLOAT32),
                  adapter,
                  recipe,
                  TinyRank::examples,
                  TinyRank::examples,
                  0,
                  Dtype.FLOAT32,
                  conduct.ranks(),
                  conduct.device().toDevice())) {
            return new TrainingLoop("tiny", trainer, steps, new Silent()).run(run, conduct);
          }
        });
  }

  /// A weight of the model that an adapter is trained to; never freed.
  private static Tensor base(String name, long... shape) {
    Tensor weight = torch.ones(shape).retainReference();
    if (shape.length > 1) {
      try (TorchRandom random = new TorchRandom(name.hashCode())) {
        weight.normal_(0, 0.3, random.generator());
      }
    }
    return weight;
  }

  private interface Training {

    boolean run(RunFolder run, Conduct conduct);
  }

  private record TinyPhase(String recipe, Training training) implements Phase {

    @Override
    public String name() {
      return "tiny";
    }

    @Override
    public boolean parallel() {
      return true;
    }

    @Override
    public boolean run(RunFolder run, Conduct conduct) {
      run.begunWith(name(), recipe, conduct);
      try (PointerScope scope = new PointerScope()) {
        return training.run(run, conduct);
      }
    }
  }

  private record Silent() implements TrainingLoop.Showing {

    @Override
    public void publish() {}

    @Override
    public @Nullable Picture sheet() {
      return null;
    }
  }

  private record Showing(TransformerTrainer trainer) implements TrainingLoop.Showing {

    @Override
    public void publish() {
      try (PointerScope scope = new PointerScope()) {
        double sum = 0; // of no weights on other ranks than the first
        for (Tensor weight : trainer.averaged().values()) {
          sum += weight.abs().sum().item_double();
        }
        System.out.println("average " + sum);
      }
    }

    @Override
    public @Nullable Picture sheet() {
      return null;
    }
  }

  private static Tensor features() {
    Tensor features = torch.zeros(VOCABULARY, 5);
    try (TorchRandom random = new TorchRandom(5)) {
      features.narrow(0, 10, 40).normal_(0, 0.35, random.generator());
    }
    return features;
  }

  /// Sequences of unequal length that count upwards, part of each hidden. One is so long that the
  /// rank that has it computes its share in two parts, the others in one.
  private static List<TrainingExample> examples(long step, Share share) {
    return share
        .places(BATCH)
        .mapToObj(i -> example(new Random(10 * step + i), i == 0 ? LONG : 8 + 3 * i))
        .toList();
  }

  private static TrainingExample example(Random random, int length) {
    int[] ids = new int[length];
    int[] positions = new int[length];
    int first = random.nextInt(20);
    for (int i = 0; i < length; i++) {
      ids[i] = 2 + (first + i) % 50;
      positions[i] = i;
    }
    return TrainingExample.hide(
        ids,
        new TrainingExample.Target[] {new TrainingExample.Target(positions, MaskCodes.Rule.SHARE)},
        1,
        random);
  }
}
