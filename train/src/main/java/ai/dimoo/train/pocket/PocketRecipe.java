package ai.dimoo.train.pocket;

import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.train.runs.ModelPhase;
import ai.dimoo.train.runs.ModelPlan;
import ai.dimoo.train.runs.Phase;
import ai.dimoo.train.runs.ProductPhase;
import ai.dimoo.train.runs.TilesPhase;
import ai.dimoo.train.runs.TransformerPhase;
import ai.dimoo.train.runs.VqPhase;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.train.source.Mix;
import ai.dimoo.train.source.PictureEncoder;
import ai.dimoo.train.source.PictureSource;
import ai.dimoo.train.source.TrainingPicture;
import ai.dimoo.train.tasks.CaptionWordExamples;
import ai.dimoo.train.tasks.PictureHiding;
import ai.dimoo.train.tasks.PromptTokens;
import ai.dimoo.train.tasks.QuestionExamples;
import ai.dimoo.train.tasks.TextToImageExamples;
import ai.dimoo.train.transformer.TransformerRecipe;
import ai.dimoo.train.vq.VqRecipe;
import ai.dimoo.train.worlds.shapes.EvaluationPrompt;
import ai.dimoo.train.worlds.shapes.EvaluationPrompts;
import ai.dimoo.train.worlds.shapes.SceneEntries;
import ai.dimoo.train.worlds.shapes.SceneGenerator;
import ai.dimoo.train.worlds.shapes.SceneKind;
import ai.dimoo.train.worlds.shapes.SceneOptions;
import ai.dimoo.train.worlds.shapes.ScenePictures;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.Upsampling;
import ai.dimoo.vq.VqConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The numbers that make the pocket model, and the phases of the run that makes it.
///
/// @param vq the VQ model and its training
/// @param vqBatch pictures a step of the VQ model
/// @param textVocabulary most text tokens of the tokenizer
/// @param width of the transformer's residual stream; a multiple of 8
/// @param layers blocks of the transformer
/// @param batch sequences a step of the transformer
/// @param steps steps of the transformer
/// @param questionShare the share of questions among the examples
/// @param captionShare the share of captions with hidden words among the examples; the rest are
///   pictures to predict
/// @param bareShare the share of the pictures to predict of which no object shows, as where
///   sampling begins; the others are hidden by the reference's rule
/// @param readingOrderShare the share of captions that tell the objects in reading order; the
///   others tell them in any
/// @param answerWeight what a token of an answer or a caption counts in the loss, against a code of
///   a picture
/// @param seed of everything
public record PocketRecipe(
    VqRecipe vq,
    int vqBatch,
    int textVocabulary,
    int width,
    int layers,
    int batch,
    long steps,
    double questionShare,
    double captionShare,
    double bareShare,
    double readingOrderShare,
    double answerWeight,
    long seed) {

  /// The side of the pictures in pixels.
  private static final int SIDE = 64;

  /// Tokens of an answer, `</answer>` included.
  public static final int ANSWER_LENGTH = 5;

  /// More pairs than the world has by itself: only a picture of two different objects shows which
  /// word of a caption belongs to which.
  private static final Map<SceneKind, Double> KINDS =
      Map.of(
          SceneKind.SINGLE, 0.08,
          SceneKind.PAIR, 0.30,
          SceneKind.COUNT, 0.16,
          SceneKind.RELATION, 0.36,
          SceneKind.TRIO, 0.10);

  /// The recipe of `dimoo train pocket`. The shipped weights ended with it; their card tells what
  /// they began with.
  public static final PocketRecipe SHIPPED =
      new PocketRecipe(
          new VqRecipe(
              new VqConfig(List.of(16, 32, 64, 96), 1, 16, 1024, 16, 8, Upsampling.NEAREST),
              2200,
              1200,
              2e-3,
              0,
              7,
              0.02,
              0),
          32,
          512,
          256,
          6,
          64,
          20_400,
          0.25,
          0.1,
          0.7,
          0.85,
          4,
          0);

  /// The share of the autoencoder's steps that see small pictures.
  private static final double SMALL_SHARE = 0.65;

  /// Batches whose tiles are told apart.
  private static final int CENSUS_BATCHES = 60;

  /// What the VQ model is trained on.
  PictureSource pictures() {
    return new ScenePictures(
        vqBatch, (long) Math.ceil(SMALL_SHARE * vq.autoencoderSteps()), vq.seed());
  }

  /// The scenes of a step, simple ones before crowded ones: single objects at first, everything
  /// after an eighth of the steps.
  SceneOptions scenes(long step) {
    double progress = 8.0 * step / steps;
    return progress < 1
        ? SceneOptions.atDifficulty(progress < 0.25 ? 0.25 : 0.6)
        : SceneOptions.standard().withWeights(KINDS);
  }

  /// How the model samples unless told otherwise: `generation_config.json`.
  ObjectNode sampling() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("width", SIDE).put("height", SIDE).put("crop_side", SIDE);
    json.put("timesteps", 32).put("cfg_scale", 1.0).put("temperature", 0.8);
    json.put("noise", "exact").put("remasking", "random");
    json.put("steps", ANSWER_LENGTH).put("gen_length", ANSWER_LENGTH);
    json.put("block_length", ANSWER_LENGTH).put("max_prompt_tokens", 128);
    return json;
  }

  /// The run that makes the model.
  ///
  /// @param output where the model is written, in the published layout
  public List<Phase> phases(Path output) {
    VqPhase vqPhase = new VqPhase(vq, pictures(), this::samples);
    TransformerPhase transformer =
        new TransformerPhase(
            "transformer",
            null,
            new ModelPlan(vqPhase, sampling(), () -> Knowledge.OPEN, output),
            this::transformer,
            this::examples,
            prompts());
    return List.of(
        new ProductPhase(
            ModelPlan.TOKENIZER,
            List.of(),
            ModelPlan.TOKENIZER_FILE,
            PocketTokenizer.description(this),
            (target, run, conduct) ->
                PocketTokenizer.train(this).write(run.of(ModelPlan.TOKENIZER))),
        tiles(),
        vqPhase,
        transformer,
        new ModelPhase(transformer));
  }

  /// Which code each tile of some two thousand pictures has.
  TilesPhase tiles() {
    PictureSource all = pictures();
    return new TilesPhase(
        step -> all.pictures(vq.steps() + step), // large ones only
        CENSUS_BATCHES,
        vq.config().codebookSize(),
        vq.config().pixelsPerCode(),
        1,
        vq.seed());
  }

  private List<TrainingPicture> samples() {
    SceneGenerator scenes = new SceneGenerator(SceneOptions.standard(), seed + 99);
    return LongStream.range(0, 64).mapToObj(scenes::at).map(ScenePictures::of).toList();
  }

  /// Two prompts of the evaluation: more would take longer than all else of a run of a few steps.
  private static List<String> prompts() {
    return EvaluationPrompts.heldOut().values().stream()
        .flatMap(category -> category.stream().limit(1))
        .limit(2)
        .map(EvaluationPrompt::text)
        .toList();
  }

  /// What the transformer is trained on.
  ExampleSource examples(PromptTokens tokens, PictureEncoder encoder) {
    SceneEntries world = new SceneEntries(this::scenes, readingOrderShare);
    return new Mix(
        List.of(
            new Mix.Part(
                "questions",
                questionShare,
                new QuestionExamples(world::asked, tokens, ANSWER_LENGTH, answerWeight)),
            new Mix.Part(
                "captions",
                captionShare,
                new CaptionWordExamples(world::captioned, tokens, answerWeight)),
            new Mix.Part(
                "pictures",
                1 - questionShare - captionShare,
                new TextToImageExamples(
                    world::captioned, tokens, step -> new PictureHiding(bareShare, 0)))),
        encoder,
        batch,
        seed + 1);
  }

  /// The transformer and its training.
  ///
  /// @param vocabularySize text tokens, special tokens and image codes
  TransformerRecipe transformer(int vocabularySize) {
    return new TransformerRecipe(
        new TransformerConfig(
            width, layers, 4, 4, 5 * width / 2, vocabularySize, 10_000, 1e-5, false),
        new LearningRate(2.5e-3, 200, steps, 0.1),
        new AdamW.Settings(0.9, 0.95, 1e-8, 0.1, 1.0),
        8,
        0,
        0.998,
        false,
        seed);
  }
}
