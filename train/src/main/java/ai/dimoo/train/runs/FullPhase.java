package ai.dimoo.train.runs;

import ai.dimoo.Dimoo;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.CheckpointCopy;
import ai.dimoo.checkpoint.TensorSource;
import ai.dimoo.checkpoint.WeightFiles;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.transformer.OwnDataRecipe;
import ai.dimoo.train.transformer.TrainingMemory.Learning;
import ai.dimoo.train.transformer.TransformerRecipe;
import ai.dimoo.train.transformer.TransformerTrainer;
import ai.dimoo.transformer.TransformerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// Trains all weights of a model further on prepared data.
///
/// @param tuning whose output is the trained model
public record FullPhase(FineTuning tuning) implements OwnDataPhase {

  /// The name of the phase.
  public static final String NAME = "full";

  /// The written weights are an average over about the last hundred steps.
  private static final double AVERAGE_DECAY = 0.99;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String terms() {
    return tuning.recipe().withRecompute(false).toString();
  }

  @Override
  public @Nullable WeightFormat held(TorchDevice device, @Nullable WeightFormat stored) {
    if (stored != null) {
      throw new UserException(
          Fault.of(
                  "%s has its weights in %s, which cannot learn; an adapter to them can."
                      .formatted(tuning.model(), stored))
              .in("model")
              .mend(Remedy.plain("give the model that it was made of"))
              .mend(Remedy.plain("train an adapter, with dimoo train lora")));
    }
    return null;
  }

  @Override
  public Learning learning(@Nullable WeightFormat held) {
    return new Learning.All();
  }

  @Override
  public boolean run(RunFolder run, Conduct conduct) {
    Path output = tuning.output();
    boolean another = Files.exists(output.resolve(Checkpoint.CONFIG));
    if (another && !Files.exists(run.state(NAME))) {
      throw new UserException(
          "%s holds a model already, which this training did not write: name another folder."
              .formatted(output));
    }
    try (OwnedParts open = new OwnedParts();
        PointerScope scope = new PointerScope()) {
      OwnData own = OwnData.begin(open, this, run, conduct);
      TransformerTrainer trainer =
          open.own(
              new TransformerTrainer(
                  recipe(own.config()),
                  own.examples(open),
                  own.special().pad(),
                  null,
                  conduct.dtype().scalarType(),
                  conduct.ranks(),
                  conduct.device().toDevice()));
      trainer.goOnWith(own.checkpoint().weights(), 0);
      return new TrainingLoop(
              NAME,
              trainer,
              tuning.recipe().learningRate().steps(),
              showing(own, trainer, conduct.ranks()))
          .run(run, conduct);
    }
  }

  private TransformerRecipe recipe(TransformerConfig config) {
    OwnDataRecipe recipe = tuning.recipe();
    return new TransformerRecipe(
        config,
        recipe.learningRate(),
        recipe.optimiser(),
        0,
        0,
        AVERAGE_DECAY,
        recipe.recompute(),
        recipe.seed());
  }

  private TrainingLoop.Showing showing(OwnData own, TransformerTrainer trainer, Ranks ranks) {
    return new TrainingLoop.Showing() {
      @Override
      public void publish() {
        write(own, trainer, ranks);
      }

      @Override
      public @Nullable Picture sheet() {
        return tuning.prompts().isEmpty()
            ? null
            : BeforeAfter.sheet(
                tuning.prompts(),
                () -> Dimoo.open(tuning.model()),
                () -> Dimoo.open(tuning.output()));
      }
    };
  }

  /// The model as it is now, its weights in the number format of the one that it began with.
  private void write(OwnData own, TransformerTrainer trainer, Ranks ranks) {
    try (PointerScope scope = new PointerScope()) {
      Map<String, Tensor> learned = trainer.averaged(); // of all ranks
      if (!ranks.first()) {
        return;
      }
      WeightFiles stored = own.checkpoint().weights();
      Map<String, TensorSource> tensors = new TreeMap<>();
      for (String name : stored.names()) {
        TensorSource before = stored.source(name);
        tensors.put(
            name,
            learned.containsKey(name)
                ? new TensorSource(
                    before.dtype(),
                    before.shape(),
                    () -> learned.get(name).to(before.dtype().scalarType()))
                : before);
      }
      CheckpointCopy.over(own.checkpoint(), tuning.output())
          .write(own.checkpoint().config().json(), tensors);
    }
  }
}
