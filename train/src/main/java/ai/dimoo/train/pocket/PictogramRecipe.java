package ai.dimoo.train.pocket;

import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.train.runs.ExampleFactory;
import ai.dimoo.train.runs.ModelPhase;
import ai.dimoo.train.runs.ModelPlan;
import ai.dimoo.train.runs.Phase;
import ai.dimoo.train.runs.ProductPhase;
import ai.dimoo.train.runs.TilesPhase;
import ai.dimoo.train.runs.TransformerPhase;
import ai.dimoo.train.runs.VqPhase;
import ai.dimoo.train.source.Mix;
import ai.dimoo.train.source.TrainingPicture;
import ai.dimoo.train.tasks.CaptionWordExamples;
import ai.dimoo.train.tasks.QuestionExamples;
import ai.dimoo.train.tasks.TextToImageExamples;
import ai.dimoo.train.tokenizer.BpeTrainer;
import ai.dimoo.train.transformer.TransformerRecipe;
import ai.dimoo.train.vq.VqRecipe;
import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.things.Icons;
import ai.dimoo.train.worlds.pictograms.things.Sprites;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import ai.dimoo.train.worlds.pictograms.things.Things;
import ai.dimoo.train.worlds.pictograms.training.WorldCorpus;
import ai.dimoo.train.worlds.pictograms.training.WorldEntries;
import ai.dimoo.train.worlds.pictograms.training.WorldKnowledge;
import ai.dimoo.train.worlds.pictograms.training.WorldPictures;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.VqConfig;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How the pocket model of the world of pictograms is made. What its tiles, its tokenizer and its
/// first stage depend on is frozen: a run goes on over days.
public final class PictogramRecipe {

  /// Tokens of an answer, `</answer>` included.
  private static final int ANSWER_LENGTH = 16;

  private static final int BATCH = 64;
  private static final int VQ_BATCH = 8;

  /// Steps of the first stage: names, pairs, relations, questions.
  private static final long NAMES_STEPS = 20_000;

  /// Steps of the first stage after which every kind of scene has its full share.
  private static final long EASY_STEPS = 6_000;

  /// The share of pictures to predict of which no item shows, as where sampling begins.
  private static final double BARE = 0.6;

  /// What a token of an answer or a caption counts, against 1 of a code of a picture.
  private static final double WORD_WEIGHT = 4;

  private static final int CENSUS_BATCH = 48;
  private static final int CENSUS_BATCHES = 400;
  private static final int TEXT_VOCABULARY = 3_000;
  private static final int CORPUS = 60_000;

  private static final VqRecipe VQ =
      new VqRecipe(
          new VqConfig(List.of(16, 32, 48, 96, 128), 1, 32, 8192, 32, 8), 0, 6_000, 2e-3, 4, 0, 0);

  /// Shown while it trains.
  private static final List<String> PROMPTS =
      List.of(
          "a cat",
          "a house",
          "a red heart",
          "an owl on a green background",
          "a banana in the fluent style",
          "a blue fox",
          "three frogs",
          "two apples",
          "a dog and a cake",
          "a fox to the left of a pizza",
          "a car above a tree",
          "a robot in front of a castle",
          "a cup, a key and a star",
          "the word \"CAT\"",
          "\u4e00\u53ea\u718a\u732b",
          "a rocket at the top left on the night sky");

  private final List<Thing> all;
  private final Compositor compositor;

  /// Draws all things, which takes some seconds the first time.
  ///
  /// @throws ai.dimoo.error.EnvironmentException if the icons were not fetched
  public PictogramRecipe() {
    all = Icons.open().all(Things.load());
    compositor = new Compositor(Sprites.draw(all));
  }

  /// The run that makes the model.
  ///
  /// @param output where the model is written, in the published layout
  public List<Phase> phases(Path output) {
    TilesPhase tiles =
        new TilesPhase(
            new WorldPictures(compositor, all, CENSUS_BATCH, 0),
            CENSUS_BATCHES,
            VQ.config().codebookSize(),
            VQ.config().pixelsPerCode(),
            4,
            0);
    VqPhase vq = new VqPhase(VQ, new WorldPictures(compositor, all, VQ_BATCH, 1), this::samples);
    TransformerPhase names =
        new TransformerPhase(
            "names",
            null,
            new ModelPlan(
                vq,
                sampling(),
                WorldKnowledge.of(List.of("text_to_image", "understanding")),
                output),
            PictogramRecipe::transformer,
            names(),
            PROMPTS);
    return List.of(tokenizer(), tiles, vq, names, new ModelPhase(names));
  }

  private Phase tokenizer() {
    return new ProductPhase(
        ModelPlan.TOKENIZER,
        List.of(),
        ModelPlan.TOKENIZER_FILE,
        "%d tokens of %d texts".formatted(TEXT_VOCABULARY, CORPUS),
        (target, run, conduct) ->
            new BpeTrainer(TEXT_VOCABULARY)
                .train(WorldCorpus.texts(CORPUS))
                .write(run.of(ModelPlan.TOKENIZER)));
  }

  /// Pictures of the VQ model to look at.
  private List<TrainingPicture> samples() {
    return new WorldPictures(compositor, all, 64, 2).pictures(0, 0);
  }

  /// Names, pairs, relations and counts, simple scenes before crowded ones.
  private ExampleFactory names() {
    WorldEntries world =
        new WorldEntries(
            compositor, step -> SceneOptions.atProgress(Math.min(1, step / (double) EASY_STEPS)));
    return (tokens, encoder) ->
        new Mix(
            List.of(
                new Mix.Part(
                    "questions",
                    0.25,
                    new QuestionExamples(world::asked, tokens, ANSWER_LENGTH, WORD_WEIGHT)),
                new Mix.Part(
                    "captions",
                    0.1,
                    new CaptionWordExamples(world::captioned, tokens, WORD_WEIGHT)),
                new Mix.Part(
                    "pictures", 0.65, new TextToImageExamples(world::captioned, tokens, BARE))),
            encoder,
            BATCH,
            1);
  }

  /// @param vocabularySize text tokens, special tokens and image codes
  private static TransformerRecipe transformer(int vocabularySize) {
    return new TransformerRecipe(
        new TransformerConfig(256, 6, 4, 4, 640, vocabularySize, 10_000, 1e-5, false),
        new LearningRate(2.5e-3, 200, NAMES_STEPS, 0.1),
        new AdamW.Settings(0.9, 0.95, 1e-8, 0.1, 1.0),
        8,
        0.998,
        false,
        0);
  }

  /// How the model samples unless told otherwise: `generation_config.json`.
  private static ObjectNode sampling() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("width", Scene.SIDE).put("height", Scene.SIDE).put("crop_side", Scene.SIDE);
    json.put("timesteps", 16).put("cfg_scale", 1.0).put("temperature", 0.8);
    json.put("noise", "exact").put("remasking", "random");
    json.put("steps", ANSWER_LENGTH).put("gen_length", ANSWER_LENGTH);
    json.put("block_length", ANSWER_LENGTH).put("max_prompt_tokens", 128);
    return json;
  }
}
