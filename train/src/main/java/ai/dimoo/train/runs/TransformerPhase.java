package ai.dimoo.train.runs;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.image.Picture;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.train.optim.TrainingState;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.train.source.Prefetched;
import ai.dimoo.train.source.Share;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.tasks.PromptTokens;
import ai.dimoo.train.transformer.TransformerRecipe;
import ai.dimoo.train.transformer.TransformerTrainer;
import ai.dimoo.train.vq.TileCodes;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// A stage of the transformer's training. It needs the tokenizer and what the codes stand for, but
/// not the VQ model, which may be trained meanwhile.
///
/// @param name of the stage
/// @param follows the stage whose weights it begins with; null: it begins with random ones
/// @param model what the weights become a part of
/// @param recipe of a vocabulary's size
/// @param examples what it is trained on
/// @param prompts sentences whose pictures are shown while it trains
public record TransformerPhase(
    String name,
    @Nullable String follows,
    ModelPlan model,
    IntFunction<TransformerRecipe> recipe,
    ExampleFactory examples,
    List<String> prompts)
    implements Phase {

  /// Steps whose examples are prepared while one is computed.
  private static final int AHEAD = 3;

  @Override
  public List<String> needs() {
    List<String> needs = new ArrayList<>(List.of(ModelPlan.TOKENIZER, TilesPhase.NAME));
    if (follows != null) {
      needs.add(follows);
    }
    return needs;
  }

  @Override
  public boolean done(RunFolder run) {
    // the number of steps does not depend on the vocabulary
    return TrainingState.stepOf(run.state(name)) >= recipe.apply(1).learningRate().steps();
  }

  /// What is open while the stage is at work.
  private record Parts(TextTokenizer tokenizer, TileCodes tiles, SpecialTokens special) {}

  private Parts parts(RunFolder run, OwnedParts open) {
    TextTokenizer tokenizer = open.own(ModelPlan.openTokenizer(run));
    return new Parts(tokenizer, open.own(TilesPhase.open(run)), model.special(run, tokenizer));
  }

  @Override
  public boolean parallel() {
    return true;
  }

  @Override
  public boolean run(RunFolder run, Conduct conduct) {
    try (OwnedParts open = new OwnedParts()) {
      Parts parts = parts(run, open);
      int most = model.sampling().path("max_prompt_tokens").asInt();
      ExampleSource source =
          examples.open(new PromptTokens(parts.tokenizer(), parts.special(), most), parts.tiles());
      TransformerRecipe plan =
          recipe.apply(parts.special().vocabularySize()).withRecompute(conduct.recompute());
      run.begunWith(name, description(run, plan, source), conduct);
      try (PointerScope scope = new PointerScope();
          Prefetched prefetched = new Prefetched(source, AHEAD);
          TransformerTrainer trainer = trainer(plan, prefetched, parts, conduct, conduct.ranks())) {
        return train(run, conduct, plan, trainer, parts.tiles());
      }
    }
  }

  private boolean train(
      RunFolder run,
      Conduct conduct,
      TransformerRecipe plan,
      TransformerTrainer trainer,
      TileCodes tiles) {
    if (follows != null && !Files.exists(run.state(name))) {
      trainer.follow(run.state(follows));
    }
    TrainingLoop.Showing showing =
        new TrainingLoop.Showing() {
          @Override
          public void publish() {
            write(run, conduct, plan, trainer, tiles);
          }

          @Override
          public Picture sheet() {
            return SampleSheet.of(model.output(), prompts, model.vq().done(run) ? null : tiles);
          }
        };
    return new TrainingLoop(name, trainer, plan.learningRate().steps(), showing).run(run, conduct);
  }

  private void write(
      RunFolder run,
      Conduct conduct,
      TransformerRecipe plan,
      TransformerTrainer trainer,
      TileCodes tiles) {
    try (PointerScope scope = new PointerScope()) {
      Map<String, Tensor> averaged = trainer.averaged(); // of all ranks
      if (conduct.ranks().first()) {
        model.write(run, conduct, name, tiles, plan.config(), averaged);
      }
    }
  }

  /// Writes the model of the stage's saved state.
  void write(RunFolder run, Conduct conduct) {
    try (OwnedParts open = new OwnedParts()) {
      Parts parts = parts(run, open);
      TransformerRecipe plan = recipe.apply(parts.special().vocabularySize());
      try (PointerScope scope = new PointerScope();
          TransformerTrainer trainer = idle(plan, parts, conduct)) {
        trainer.restore(run.state(name));
        write(run, conduct, plan, trainer, parts.tiles());
      }
    }
  }

  /// A trainer whose features belong to the caller's scope.
  private static TransformerTrainer trainer(
      TransformerRecipe plan, ExampleSource source, Parts parts, Conduct conduct, Ranks ranks) {
    return new TransformerTrainer(
        plan,
        source,
        parts.special().pad(),
        plan.tileFeatures() == 0
            ? null
            : features(plan, parts).to(conduct.device().toDevice(), ScalarType.Float),
        conduct.dtype().scalarType(),
        ranks,
        conduct.device().toDevice());
  }

  /// Those of the image codes, which are the last tokens: [vocabulary, k]
  private static Tensor features(TransformerRecipe plan, Parts parts) {
    Tensor ofCodes = parts.tiles().features(plan.tileFeatures());
    long others = parts.special().vocabularySize() - ofCodes.size(0);
    return torch.constant_pad_nd(ofCodes, new long[] {0, 0, others, 0}, new Scalar(0));
  }

  /// A trainer that is not to train, of this process alone.
  private static TransformerTrainer idle(TransformerRecipe plan, Parts parts, Conduct conduct) {
    return trainer(plan, (step, share) -> List.of(), parts, conduct, Ranks.ALONE);
  }

  /// A stage whose weights are no longer there, since another followed it, is noted as done.
  @Override
  public void takeOver(RunFolder run, KeptTraining kept, Conduct conduct) {
    if (!kept.steps().containsKey(name)) {
      return;
    }
    long taken = kept.steps().get(name);
    if (!kept.stage().equals(name)) {
      new TrainingState().count(TrainingState.STEP, taken).write(run.state(name));
      return;
    }
    try (OwnedParts open = new OwnedParts();
        PointerScope scope = new PointerScope()) {
      Parts parts = parts(run, open);
      TransformerTrainer trainer =
          open.own(idle(recipe.apply(parts.special().vocabularySize()), parts, conduct));
      Checkpoint checkpoint = open.own(kept.checkpoint());
      trainer.goOnWith(checkpoint.weights(), taken);
      trainer.save(run.state(name));
    }
  }

  /// What decides the outcome: the recipe, the words and codes, and the first and a later batch of
  /// examples, which change with the world.
  private String description(RunFolder run, TransformerRecipe plan, ExampleSource source) {
    return String.join(
        "\n",
        plan.withRecompute(false).toString(),
        "follows " + (follows == null ? "nothing" : follows),
        "tokenizer "
            + RunFolder.fingerprint(run.file(ModelPlan.TOKENIZER, ModelPlan.TOKENIZER_FILE)),
        "tiles " + TilesPhase.fingerprint(run),
        "first examples " + fingerprint(source.examples(0, Share.WHOLE)),
        "later examples "
            + fingerprint(source.examples(plan.learningRate().steps() / 2, Share.WHOLE)));
  }

  private static String fingerprint(List<TrainingExample> examples) {
    int numbers = examples.stream().mapToInt(example -> 3 * example.ids().length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers);
    for (TrainingExample example : examples) {
      for (int i = 0; i < example.ids().length; i++) {
        bytes.putInt(example.ids()[i]).putInt(example.labels()[i]).putFloat(example.weights()[i]);
      }
    }
    return RunFolder.fingerprint(bytes.array());
  }
}
