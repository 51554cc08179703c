package ai.dimoo.train.runs;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.image.Picture;
import ai.dimoo.train.optim.TrainingState;
import ai.dimoo.train.source.PictureSource;
import ai.dimoo.train.source.TrainingPicture;
import ai.dimoo.train.vq.TileCodes;
import ai.dimoo.train.vq.VqRecipe;
import ai.dimoo.train.vq.VqTrainer;
import java.util.List;
import java.util.function.Supplier;

/// Trains the VQ model to say the codes of the tiles.
///
/// @param pictures what it is trained on
/// @param samples pictures of one size to look at
public record VqPhase(
    VqRecipe recipe, PictureSource pictures, Supplier<List<TrainingPicture>> samples)
    implements Phase {

  /// The name of the phase.
  public static final String NAME = "vq";

  private static final int SHEET_COLUMNS = 16;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> needs() {
    return List.of(TilesPhase.NAME);
  }

  @Override
  public boolean done(RunFolder run) {
    return TrainingState.stepOf(run.state(NAME)) >= recipe.steps();
  }

  /// Whether a trainer took all steps.
  boolean done(VqTrainer trainer) {
    return trainer.step() >= recipe.steps();
  }

  /// The trainer at its saved state, or at its beginning: the caller's to close.
  ///
  /// @param tiles stay the caller's
  VqTrainer open(RunFolder run, TileCodes tiles, Conduct conduct) {
    VqTrainer trainer = trainer(tiles, conduct);
    trainer.restore(run.state(NAME));
    return trainer;
  }

  private VqTrainer trainer(TileCodes tiles, Conduct conduct) {
    return new VqTrainer(
        recipe, pictures, tiles, conduct.dtype().scalarType(), conduct.device().toDevice());
  }

  @Override
  public void takeOver(RunFolder run, KeptTraining kept, Conduct conduct) {
    if (!kept.steps().containsKey(NAME)) {
      return;
    }
    try (TileCodes tiles = TilesPhase.open(run);
        VqTrainer trainer = open(run, tiles, conduct);
        Checkpoint model = kept.checkpoint()) {
      trainer.goOnWith(model.vqWeights(), kept.steps().get(NAME));
      trainer.save(run.state(NAME));
    }
  }

  @Override
  public boolean run(RunFolder run, Conduct conduct) {
    run.begunWith(
        NAME,
        "%s\ntiles %s\npictures %s"
            .formatted(
                recipe, TilesPhase.fingerprint(run), PictureFingerprint.of(pictures.pictures(0))),
        conduct);
    try (TileCodes tiles = TilesPhase.open(run);
        VqTrainer trainer = trainer(tiles, conduct)) {
      TrainingLoop.Showing showing =
          new TrainingLoop.Showing() {
            @Override
            public void publish() {
              // the model is written with the transformer's weights
            }

            @Override
            public Picture sheet() {
              return trainer.reconstructions(samples.get()).sheet(SHEET_COLUMNS);
            }
          };
      return new TrainingLoop(NAME, trainer, recipe.steps(), showing).run(run, conduct);
    }
  }
}
