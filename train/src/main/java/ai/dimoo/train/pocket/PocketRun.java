package ai.dimoo.train.pocket;

import ai.dimoo.checkpoint.CheckpointWriter;
import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.train.log.TrainingListener;
import ai.dimoo.train.metrics.Reconstructions;
import ai.dimoo.train.tokenizer.BpeVocabulary;
import ai.dimoo.train.transformer.TransformerRecipe;
import ai.dimoo.train.transformer.TransformerTrainer;
import ai.dimoo.train.vq.TileCodes;
import ai.dimoo.train.vq.VqTrainer;
import ai.dimoo.train.worlds.shapes.SceneGenerator;
import ai.dimoo.train.worlds.shapes.SceneOptions;
import ai.dimoo.train.worlds.shapes.ScenePictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Trains the pocket model from nothing: tokenizer, VQ model, transformer. Everything that it needs
/// to go on lies in its folder; a run that is started again goes on where it was.
///
/// Not thread-safe; call it from one platform thread.
public final class PocketRun {

  private static final String TOKENIZER = "tokenizer";
  private static final String VQ_STATE = "vq.safetensors";
  private static final String TRANSFORMER_STATE = "transformer.safetensors";

  /// Steps between two saved states, unless told otherwise: what a killed run loses at most.
  public static final long SAVE_INTERVAL = 100;

  /// Steps between two sheets of pictures.
  private static final long SHEET_INTERVAL = 500;

  private final PocketRecipe recipe;
  private final Path folder;
  private final Settings settings;
  private final ScalarType type;
  private final Device device;
  private final TrainingListener listener;

  /// How a run is computed; nothing of it changes what is learned, but for rounding.
  ///
  /// @param type the dtype to compute in
  /// @param device where to compute
  /// @param saveInterval steps between two saved states
  /// @param recompute whether activations are computed again in the backward pass: a third more
  ///   work for the memory of one block's
  /// @param adopt whether to go on although the recipe or the world's words have changed since the
  ///   run was begun
  public record Settings(
      ScalarType type, Device device, long saveInterval, boolean recompute, boolean adopt) {}

  /// @param folder where states lie; made if it does not exist
  public PocketRun(PocketRecipe recipe, Path folder, Settings settings, TrainingListener listener) {
    this.recipe = recipe;
    this.folder = folder;
    this.settings = settings;
    type = settings.type();
    device = settings.device();
    this.listener = listener;
  }

  /// Trains to the end, or until the listener stops it.
  ///
  /// @param model where the model is written, in the published layout: with every sheet of
  ///   pictures, when the run is stopped, and at the end
  /// @return whether the run is complete
  /// @throws ai.dimoo.error.UserException if another run is at work in the folder, or the folder's
  ///   was begun with another recipe
  public boolean run(Path model) {
    try (RunFolder ours = RunFolder.take(folder);
        TileCodes tiles = tileCodes();
        VqTrainer vq = new VqTrainer(recipe.vq(), recipe.pictures(), tiles, type, device)) {
      BpeVocabulary vocabulary = PocketTokenizer.train(recipe);
      ours.begunWith(recipe.description(vocabulary), settings.adopt());
      vocabulary.write(folder.resolve(TOKENIZER));
      return trainVq(vq) && trainTransformer(vq, vocabulary.codeOffset(), model);
    }
  }

  /// Computed once; from then on the file decides what a code is.
  private TileCodes tileCodes() {
    Path file = folder.resolve("tiles.safetensors");
    if (!Files.exists(file)) {
      try (TileCodes found = recipe.tileCodes()) {
        found.write(file);
      }
    }
    return TileCodes.read(file);
  }

  private boolean trainVq(VqTrainer trainer) {
    Path state = folder.resolve(VQ_STATE);
    trainer.restore(state);
    while (!trainer.done()) {
      VqTrainer.Progress progress = trainer.train();
      boolean stop = listener.stopped();
      listener.onStep(
          "vq",
          trainer.step(),
          recipe.vq().steps(),
          Map.of(
              "loss", progress.loss(),
              "tile_loss", progress.tileLoss(),
              "gradient_norm", progress.gradientNorm()));
      if (stop || trainer.done() || trainer.step() % settings.saveInterval() == 0) {
        trainer.save(state);
      }
      if (trainer.done() || trainer.step() % SHEET_INTERVAL == 0) {
        listener.onSheet("vq", trainer.step(), reconstructions(trainer).sheet(16));
      }
      if (stop) {
        return false;
      }
    }
    return true;
  }

  private Reconstructions reconstructions(VqTrainer trainer) {
    SceneGenerator scenes = new SceneGenerator(SceneOptions.standard(), recipe.seed() + 99);
    return trainer.reconstructions(
        LongStream.range(0, 64).mapToObj(scenes::at).map(ScenePictures::of).toList());
  }

  private boolean trainTransformer(VqTrainer vq, int codeOffset, Path model) {
    int codebook = recipe.vq().config().codebookSize();
    Path directory = folder.resolve(TOKENIZER);
    TransformerRecipe transformer = recipe.transformer(codeOffset + codebook, settings.recompute());
    SpecialTokens special = SpecialTokenReader.of(directory, codeOffset + codebook, codebook);
    try (PointerScope weights = new PointerScope();
        TextTokenizer tokenizer = TextTokenizer.open(directory)) {
      SceneCodes codes = new SceneCodes(vq.model(type), type, device);
      ShapesExamples source = new ShapesExamples(recipe, codes, tokenizer, special);
      try (TransformerTrainer trainer =
          new TransformerTrainer(transformer, source, special.pad(), type, device)) {
        return trainTransformer(trainer, vq, transformer, model);
      }
    }
  }

  private boolean trainTransformer(
      TransformerTrainer trainer, VqTrainer vq, TransformerRecipe transformer, Path model) {
    Path state = folder.resolve(TRANSFORMER_STATE);
    trainer.restore(state);
    if (trainer.done()) { // perhaps killed after the last state and before the model
      write(trainer, vq, transformer, model);
    }
    while (!trainer.done()) {
      TransformerTrainer.Progress progress = trainer.train();
      boolean stop = listener.stopped();
      listener.onStep(
          "transformer",
          trainer.step(),
          recipe.steps(),
          Map.of(
              "loss", progress.loss(),
              "gradient_norm", progress.gradientNorm(),
              "learning_rate", progress.learningRate()));
      if (stop || trainer.done() || trainer.step() % settings.saveInterval() == 0) {
        trainer.save(state);
      }
      if (stop || trainer.done() || trainer.step() % SHEET_INTERVAL == 0) {
        write(trainer, vq, transformer, model);
        listener.onSheet("transformer", trainer.step(), SampleSheet.of(model));
      }
      if (stop) {
        return false;
      }
    }
    return true;
  }

  /// Writes the model: averaged weights in bfloat16, the VQ model in float32.
  private void write(
      TransformerTrainer trainer, VqTrainer vq, TransformerRecipe transformer, Path model) {
    try (PointerScope scope = new PointerScope()) {
      Map<String, Tensor> weights = new LinkedHashMap<>();
      trainer
          .averaged()
          .forEach((name, weight) -> weights.put(name, weight.to(ScalarType.BFloat16)));
      CheckpointWriter.to(model)
          .transformer(transformer.config().toJson(), weights)
          .vq(recipe.vq().config().toJson(), vq.parameters().named())
          .tokenizer(folder.resolve(TOKENIZER).resolve("tokenizer.json"))
          .generationConfig(recipe.sampling())
          .write();
    }
  }
}
