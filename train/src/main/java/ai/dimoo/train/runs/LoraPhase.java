package ai.dimoo.train.runs;

import ai.dimoo.Dimoo;
import ai.dimoo.ModelOptions;
import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.checkpoint.WeightFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.torch.PlacedWeights;
import ai.dimoo.train.lora.LoraTrainer;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.transformer.OwnDataRecipe;
import ai.dimoo.train.transformer.TrainingMemory.Learning;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Trains an adapter to a model on prepared data.
///
/// @param model the base model's folder
/// @param data the folder of the prepared data
/// @param adapter its rank and alpha
/// @param output where the adapter is written
/// @param prompts sentences whose pictures are shown while it trains; may be empty
public record LoraPhase(
    Path model,
    Path data,
    LoraConfig adapter,
    OwnDataRecipe recipe,
    Path output,
    List<String> prompts)
    implements OwnDataPhase {

  /// The name of the phase.
  public static final String NAME = "lora";

  /// Copies the list.
  public LoraPhase {
    prompts = List.copyOf(prompts);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String terms() {
    return adapter + "\n" + recipe.withRecompute(false);
  }

  @Override
  public Learning learning() {
    return new Learning.Adapter(adapter.rank());
  }

  @Override
  public boolean run(RunFolder run, Conduct conduct) {
    try (OwnedParts open = new OwnedParts()) {
      OwnData own = OwnData.begin(open, this, run, conduct);
      WeightFiles weights = own.checkpoint().weights();
      PlacedWeights placed =
          open.own(new PlacedWeights(weights, conduct.device(), conduct.dtype()));
      PlacedWeights stored = open.own(new PlacedWeights(weights, conduct.device(), null));
      LoraTrainer trainer =
          open.own(
              new LoraTrainer(
                  own.config(),
                  placed,
                  stored,
                  adapter,
                  recipe,
                  own.examples(open),
                  own.special().pad(),
                  conduct.dtype(),
                  conduct.ranks(),
                  conduct.device().toDevice()));
      return new TrainingLoop(
              NAME, trainer, recipe.learningRate().steps(), showing(trainer, conduct.ranks()))
          .run(run, conduct);
    }
  }

  private TrainingLoop.Showing showing(LoraTrainer trainer, Ranks ranks) {
    return new TrainingLoop.Showing() {
      @Override
      public void publish() {
        if (ranks.first()) {
          trainer.write(output);
        }
      }

      @Override
      public @Nullable Picture sheet() {
        return prompts.isEmpty() ? null : withoutAndWith();
      }
    };
  }

  /// What the model makes of the prompts, without and with the adapter: two rows.
  private Picture withoutAndWith() {
    AdapterChoice whole = new AdapterChoice(output, 1);
    return BeforeAfter.sheet(
        prompts,
        () -> Dimoo.open(model),
        () -> Dimoo.open(model, ModelOptions.DEFAULT.withAdapters(List.of(whole))));
  }
}
