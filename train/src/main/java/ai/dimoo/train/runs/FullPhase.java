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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// Trains all weights of a model further on prepared data.
///
/// @param model the folder of the model that it begins with, which stays as it is
/// @param data the folders of the prepared data, at least one
/// @param output where the trained model is written
/// @param prompts sentences whose pictures are shown while it trains; may be empty
public record FullPhase(
    Path model, List<Path> data, OwnDataRecipe recipe, Path output, List<String> prompts)
    implements OwnDataPhase {

  /// The name of the phase.
  public static final String NAME = "full";

  /// The written weights are an average over about the last hundred steps.
  private static final double AVERAGE_DECAY = 0.99;

  /// Copies the lists.
  public FullPhase {
    data = List.copyOf(data);
    prompts = List.copyOf(prompts);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String terms() {
    return recipe.withRecompute(false).toString();
  }

  @Override
  public @Nullable WeightFormat held(TorchDevice device, @Nullable WeightFormat stored) {
    if (stored != null) {
      throw new UserException(
          Fault.of(
                  "%s has its weights in %s, which cannot learn; an adapter to them can."
                      .formatted(model, stored))
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
              NAME, trainer, recipe.learningRate().steps(), showing(own, trainer, conduct.ranks()))
          .run(run, conduct);
    }
  }

  private TransformerRecipe recipe(TransformerConfig config) {
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
        return prompts.isEmpty()
            ? null
            : BeforeAfter.sheet(prompts, () -> Dimoo.open(model), () -> Dimoo.open(output));
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
      CheckpointCopy.over(own.checkpoint(), output)
          .write(own.checkpoint().config().json(), tensors);
    }
  }
}
