package ai.dimoo.train.runs;

import ai.dimoo.Dimoo;
import ai.dimoo.ModelOptions;
import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.checkpoint.WeightFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.linear.Linears;
import ai.dimoo.linear.QuantisedLinears;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.torch.PlacedWeights;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.train.lora.LoraTrainer;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.transformer.TrainingMemory.Learning;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Trains an adapter to a model on prepared data.
///
/// @param tuning of the base model, whose output is the adapter
/// @param preserved folders of prepared data of which the model is to predict what it does without
///   the adapter; may be empty
/// @param adapter its rank and alpha
/// @param weights in how few bits the matrices of the base model's blocks are held meanwhile; null:
///   as they are stored
public record LoraPhase(
    FineTuning tuning, List<Path> preserved, LoraConfig adapter, @Nullable WeightFormat weights)
    implements OwnDataPhase {

  /// The name of the phase.
  public static final String NAME = "lora";

  /// Copies the list.
  public LoraPhase {
    preserved = List.copyOf(preserved);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String terms() {
    return "%s\nweights %s\n%s"
        .formatted(
            adapter, weights == null ? "as stored" : weights, tuning.recipe().withRecompute(false));
  }

  @Override
  public @Nullable WeightFormat held(TorchDevice device, @Nullable WeightFormat stored) {
    return options().weightsOn(device, stored);
  }

  @Override
  public Learning learning(@Nullable WeightFormat held) {
    return new Learning.Adapter(adapter.rank(), held, !preserved.isEmpty());
  }

  @Override
  public boolean run(RunFolder run, Conduct conduct) {
    try (OwnedParts open = new OwnedParts()) {
      OwnData own = OwnData.begin(open, this, run, conduct);
      WeightFiles weights = own.checkpoint().weights();
      PlacedWeights placed =
          open.own(new PlacedWeights(weights, conduct.device(), conduct.dtype()));
      LoraTrainer trainer =
          open.own(
              new LoraTrainer(
                  own.config(),
                  placed,
                  base(open, own, conduct),
                  adapter,
                  own.recipe(),
                  own.examples(open),
                  own.preservedExamples(open),
                  own.special().pad(),
                  conduct.dtype(),
                  conduct.ranks(),
                  conduct.device().toDevice()));
      return new TrainingLoop(
              NAME,
              trainer,
              tuning.recipe().learningRate().steps(),
              showing(trainer, conduct.ranks()))
          .run(run, conduct);
    }
  }

  /// The model's layers: as they are stored, each converted for its product where that is another
  /// number format, or in few bits.
  private static Linears base(OwnedParts open, OwnData own, Conduct conduct) {
    WeightFiles weights = own.checkpoint().weights();
    WeightFormat held = own.held();
    if (held == null) {
      PlacedWeights stored = open.own(new PlacedWeights(weights, conduct.device(), null));
      return Linears.widened(stored, conduct.dtype());
    }
    WeightFormat stored = WeightFormat.stored(own.checkpoint().config());
    return open.own(QuantisedLinears.of(weights, stored, held, conduct.dtype(), null));
  }

  private ModelOptions options() {
    return ModelOptions.DEFAULT.withWeights(weights);
  }

  private TrainingLoop.Showing showing(LoraTrainer trainer, Ranks ranks) {
    return new TrainingLoop.Showing() {
      @Override
      public void publish() {
        if (ranks.first()) {
          trainer.write(tuning.output());
        }
      }

      @Override
      public @Nullable Picture sheet() {
        return tuning.prompts().isEmpty() ? null : withoutAndWith();
      }
    };
  }

  /// What the model makes of the prompts, without and with the adapter: two rows.
  private Picture withoutAndWith() {
    AdapterChoice whole = new AdapterChoice(tuning.output(), 1);
    return BeforeAfter.sheet(
        tuning.prompts(),
        () -> Dimoo.open(tuning.model(), options()),
        () -> Dimoo.open(tuning.model(), options().withAdapters(List.of(whole))));
  }
}
