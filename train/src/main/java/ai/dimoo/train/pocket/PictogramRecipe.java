package ai.dimoo.train.pocket;

import ai.dimoo.prompt.Task;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.Retouch;
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
import ai.dimoo.train.source.PictureSource;
import ai.dimoo.train.source.TrainingPicture;
import ai.dimoo.train.source.WindowedPictures;
import ai.dimoo.train.tasks.CaptionWordExamples;
import ai.dimoo.train.tasks.Entries;
import ai.dimoo.train.tasks.ImageToImageExamples;
import ai.dimoo.train.tasks.PictureHiding;
import ai.dimoo.train.tasks.PromptTokens;
import ai.dimoo.train.tasks.QuestionExamples;
import ai.dimoo.train.tasks.TextToImageExamples;
import ai.dimoo.train.tokenizer.BpeTrainer;
import ai.dimoo.train.transformer.TransformerRecipe;
import ai.dimoo.train.vq.VqRecipe;
import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.tasks.PictureQuestions;
import ai.dimoo.train.worlds.pictograms.tasks.PictureTask;
import ai.dimoo.train.worlds.pictograms.tasks.PictureTasks;
import ai.dimoo.train.worlds.pictograms.tasks.QuestionSample;
import ai.dimoo.train.worlds.pictograms.things.Icons;
import ai.dimoo.train.worlds.pictograms.things.Sprites;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import ai.dimoo.train.worlds.pictograms.things.Things;
import ai.dimoo.train.worlds.pictograms.training.WorldCorpus;
import ai.dimoo.train.worlds.pictograms.training.WorldEntries;
import ai.dimoo.train.worlds.pictograms.training.WorldKnowledge;
import ai.dimoo.train.worlds.pictograms.training.WorldPictures;
import ai.dimoo.transformer.TransformerConfig;
import ai.dimoo.vq.Upsampling;
import ai.dimoo.vq.VqConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How the pocket model of the world of pictograms is made. What its tiles, its tokenizer and its
/// first stage depend on is frozen: a run goes on over days.
public final class PictogramRecipe {

  /// Tokens of an answer, `</answer>` included. The longest, a description in Chinese, has 19.
  private static final int ANSWER_LENGTH = 24;

  /// Steps in which an answer is decided.
  private static final int ANSWER_STEPS = 12;

  private static final int BATCH = 48;

  /// The same of the first stage, whose examples are short.
  private static final int NAMES_BATCH = 72;

  private static final int VQ_BATCH = 10;

  /// Pixels along the side of what the VQ model sees of a picture at first.
  private static final int VQ_WINDOW = 6 * Scene.TOKEN;

  /// The step from which it sees whole pictures.
  private static final long VQ_WHOLE_FROM = 1_450;

  /// Steps of the first stage: names, pairs, relations, questions.
  private static final long NAMES_STEPS = 3_700;

  /// Steps of the second stage: every task.
  private static final long EVERYTHING_STEPS = 4_000;

  /// Steps of the last stage: the same, with a learning rate that falls to nothing.
  private static final long POLISH_STEPS = 1_100;

  /// Steps of the first stage after which every kind of scene has its full share, and captions
  /// leave open what people leave open.
  private static final long EASY_STEPS = 1_500;

  /// The share of captions that say where, how large and whose things are, at the beginning: a
  /// picture of which little is left open teaches which codes a name means in fewer examples.
  private static final double THOROUGH = 0.9;

  /// The share of captioned pictures that show nothing but one thing, of a third of the tokens, all
  /// of which are the thing's: what names look like is learned from these.
  private static final double PORTRAITS = 0.85;

  /// The same at the end of the first stage.
  private static final double LATE_PORTRAITS = 0.15;

  /// Steps between which the one becomes the other.
  private static final long PORTRAITS_UNTIL = 2_000;

  private static final long LATE_PORTRAITS_FROM = 2_400;

  /// The same in the stages after it: enough to keep pictures of that size.
  private static final double FEW_PORTRAITS = 0.1;

  /// Of most pictures no item shows, as where sampling begins: so words bind to things.
  private static final PictureHiding BARE = new PictureHiding(0.6, 0);

  /// Later no picture tells by what is hidden where its things stand: a model that has seen bare
  /// pictures alone fills what is not decided yet with things.
  private static final PictureHiding EVEN = new PictureHiding(0, 0.6);

  /// The step of the first stage from which it is so.
  private static final long EVEN_FROM = 3_240;

  /// What a token of an answer or a caption counts, against 1 of a code of a picture.
  private static final double WORD_WEIGHT = 4;

  /// The same in the stages after the first, where an answer is shorter beside what else a step
  /// has.
  private static final double LATE_WORD_WEIGHT = 8;

  /// The learning rate of AdamW after its warm-up.
  private static final double PEAK = 2.5e-3;

  /// Numbers of a tile's looks that its code shares what it learns by.
  private static final int TILE_FEATURES = 64;

  private static final int CENSUS_BATCH = 48;
  private static final int CENSUS_BATCHES = 400;
  private static final int TEXT_VOCABULARY = 3_000;
  private static final int CORPUS = 60_000;

  private static final VqRecipe VQ =
      new VqRecipe(
          new VqConfig(List.of(16, 48, 96, 160, 192), 1, 192, 8192, 192, 8, Upsampling.TRANSPOSED),
          3_000,
          1.5e-3,
          10,
          4,
          0);

  /// What the first stage teaches: a picture of which some tokens are given is one to predict.
  private static final List<String> FIRST_TASKS =
      List.of("text_to_image", Inpaint.TASK, Outpaint.TASK, Retouch.TASK, "understanding");

  private static final List<String> TASKS = tasks();

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

  private static List<String> tasks() {
    List<String> names = new ArrayList<>(FIRST_TASKS);
    Task.known().forEach(task -> names.add(task.name()));
    for (String view : List.of("left", "right", "back", "above")) {
      names.add("multi_view_" + view);
    }
    return names;
  }

  /// What is taught by name; the VQ model sees all.
  private final List<Thing> taught = Things.load().core();

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
    PictureSource pictures =
        new WindowedPictures(
            new WorldPictures(compositor, all, VQ_BATCH, 1),
            VQ_WINDOW,
            Scene.TOKEN,
            VQ_WHOLE_FROM,
            1);
    VqPhase vq = new VqPhase(VQ, pictures, this::samples);
    TransformerPhase names =
        new TransformerPhase(
            "names",
            null,
            plan(vq, FIRST_TASKS, output),
            size -> transformer(size, NAMES_STEPS, 0.1),
            names(),
            PROMPTS);
    TransformerPhase everything =
        new TransformerPhase(
            "everything",
            names.name(),
            plan(vq, TASKS, output),
            size -> transformer(size, EVERYTHING_STEPS, 0),
            everything(2),
            PROMPTS);
    TransformerPhase polish =
        new TransformerPhase(
            "polish",
            everything.name(),
            plan(vq, TASKS, output),
            size -> transformer(size, POLISH_STEPS, 1),
            everything(3),
            PROMPTS);
    return List.of(tokenizer(), tiles, vq, names, everything, polish, new ModelPhase(polish));
  }

  private ModelPlan plan(VqPhase vq, List<String> tasks, Path output) {
    return new ModelPlan(vq, sampling(), () -> WorldKnowledge.of(tasks, taught), output);
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
    return new WorldPictures(compositor, all, 64, 2).pictures(0);
  }

  /// Names, pairs, relations and counts, simple scenes before crowded ones.
  ExampleFactory names() {
    WorldEntries world =
        new WorldEntries(
            compositor,
            step -> SceneOptions.atProgress(progress(step)).with(taught),
            step -> THOROUGH * (1 - progress(step)),
            PictogramRecipe::portraits);
    return (tokens, encoder) ->
        new Mix(
            List.of(
                new Mix.Part(
                    "questions",
                    0.1,
                    new QuestionExamples(world::asked, tokens, ANSWER_LENGTH, WORD_WEIGHT)),
                new Mix.Part(
                    "captions",
                    0.1,
                    new CaptionWordExamples(world::captioned, tokens, WORD_WEIGHT)),
                new Mix.Part(
                    "pictures",
                    0.8,
                    new TextToImageExamples(
                        world::captioned, tokens, step -> step < EVEN_FROM ? BARE : EVEN))),
            encoder,
            NAMES_BATCH,
            1);
  }

  private static double portraits(long step) {
    double later = (step - PORTRAITS_UNTIL) / (double) (LATE_PORTRAITS_FROM - PORTRAITS_UNTIL);
    double share = Math.max(0, Math.min(1, later));
    return PORTRAITS + (LATE_PORTRAITS - PORTRAITS) * share;
  }

  /// How far the first stage has come from simple scenes to all, 0..1.
  private static double progress(long step) {
    return Math.min(1, step / (double) EASY_STEPS);
  }

  /// Every task of the model.
  ///
  /// @param seed of the examples
  ExampleFactory everything(long seed) {
    SceneOptions options = SceneOptions.standard().with(taught);
    WorldEntries world =
        new WorldEntries(compositor, step -> options, step -> 0, step -> FEW_PORTRAITS);
    PictureQuestions questions = new PictureQuestions(options);
    Map<String, PictureTask> tasks = PictureTasks.all(options);
    return (tokens, encoder) -> {
      List<Mix.Part> parts = new ArrayList<>();
      parts.add(
          new Mix.Part(
              "pictures", 0.45, new TextToImageExamples(world::captioned, tokens, step -> EVEN)));
      parts.add(
          new Mix.Part(
              "captions",
              0.1,
              new CaptionWordExamples(world::captioned, tokens, LATE_WORD_WEIGHT)));
      parts.add(asked("questions", 0.25, (step, random) -> questions.one(random), tokens));
      parts.add(asked("pairs", 0.04, (step, random) -> questions.two(random), tokens));
      tasks.forEach((name, task) ->
          parts.add(
              new Mix.Part(
                  name,
                  share(name),
                  new ImageToImageExamples(
                      (step, random) -> task.draw(random).painted(compositor),
                      tokens,
                      step -> EVEN))));
      return new Mix(parts, encoder, BATCH, seed);
    };
  }

  private Mix.Part asked(
      String name, double share, Entries<QuestionSample> questions, PromptTokens tokens) {
    return new Mix.Part(
        name,
        share,
        new QuestionExamples(
            (step, random) -> questions.draw(step, random).painted(compositor),
            tokens,
            ANSWER_LENGTH,
            LATE_WORD_WEIGHT));
  }

  /// The share of a task that makes a picture of pictures; together they have 0.5, beside 0.84 of
  /// the others.
  private static double share(String name) {
    return switch (name) {
      case "edit_add", "edit_remove", "edit_replace" -> 0.045;
      case "subject_driven" -> 0.05;
      case "image_ref_transfer" -> 0.04;
      case "edit_background", "edit_colour" -> 0.025;
      case "canny_control", "hed_control", "depth_control" -> 0.02;
      case "multi_view" -> 0.01;
      case "openpose_control", "openpose_dense", "normal_dense" -> 0.005;
      default -> 0.015;
    };
  }

  /// @param vocabularySize text tokens, special tokens and image codes
  /// @param decayShare of the steps, at the end, in which the learning rate falls
  private static TransformerRecipe transformer(int vocabularySize, long steps, double decayShare) {
    return new TransformerRecipe(
        new TransformerConfig(256, 6, 4, 4, 640, vocabularySize, 10_000, 1e-5, false),
        new LearningRate(PEAK, 200, steps, decayShare),
        new AdamW.Settings(0.9, 0.95, 1e-8, 0.1, 1.0),
        8,
        TILE_FEATURES,
        0.998,
        false,
        0);
  }

  /// How the model samples unless told otherwise: `generation_config.json`.
  private static ObjectNode sampling() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("width", Scene.SIDE).put("height", Scene.SIDE).put("crop_side", Scene.SIDE);
    json.put("timesteps", 64).put("cfg_scale", 0.25).put("temperature", 0.65);
    json.put("noise", "exact").put("remasking", "low_confidence");
    json.put("edit_cfg_scale", 0.0).put("cfg_img", 0.0);
    json.put("steps", ANSWER_STEPS).put("gen_length", ANSWER_LENGTH);
    json.put("block_length", ANSWER_LENGTH).put("max_prompt_tokens", 128);
    ObjectNode speeds = json.putObject("speed");
    speeds.putObject("balanced").put("timesteps", 24).put("cfg_to", 0.75);
    speeds.putObject("fast").put("timesteps", 16).put("cfg_to", 0.5);
    return json;
  }
}
