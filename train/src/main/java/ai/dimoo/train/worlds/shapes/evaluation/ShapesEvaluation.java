package ai.dimoo.train.worlds.shapes.evaluation;

import ai.dimoo.Answer;
import ai.dimoo.Dimoo;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.request.TextToImage;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.train.metrics.Reconstructions;
import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.source.TrainingPicture;
import ai.dimoo.train.worlds.shapes.EvaluationPrompt;
import ai.dimoo.train.worlds.shapes.EvaluationPrompt.Category;
import ai.dimoo.train.worlds.shapes.EvaluationPrompts;
import ai.dimoo.train.worlds.shapes.Found;
import ai.dimoo.train.worlds.shapes.Judge;
import ai.dimoo.train.worlds.shapes.Question;
import ai.dimoo.train.worlds.shapes.Questions;
import ai.dimoo.train.worlds.shapes.Renderer;
import ai.dimoo.train.worlds.shapes.Scene;
import ai.dimoo.train.worlds.shapes.SceneGenerator;
import ai.dimoo.train.worlds.shapes.SceneOptions;
import ai.dimoo.train.worlds.shapes.ScenePictures;
import ai.dimoo.vq.VqCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/// Scores a model of the shapes world: six categories of held-out prompts as in GenEval (arXiv
/// 2310.11513), questions about held-out pictures, and the VQ model alone.
///
/// @param split {@link SceneOptions.Split#HELD_OUT}, or {@link SceneOptions.Split#TRAINING} for the
///   same about combinations that training showed
/// @param promptsEach prompts per category, 1..50
/// @param questions number of questions; 0: none are asked, and their score is NaN
/// @param pictures number of pictures for the VQ model and the judge; 0: their scores are NaN
/// @param sampling how pictures are sampled, and at what speed answers are; its seed (0 if it has
///   none) is that of the first picture of each category, and those after it have the numbers that
///   follow
public record ShapesEvaluation(
    SceneOptions.Split split, int promptsEach, int questions, int pictures, Sampling sampling) {

  /// All prompts, 500 questions, 500 pictures, the model's own sampling defaults.
  public static final ShapesEvaluation FULL =
      new ShapesEvaluation(
          SceneOptions.Split.HELD_OUT, EvaluationPrompts.EACH, 500, 500, Sampling.DEFAULT);

  /// A stream that training never draws from.
  private static final long SEED = 20_261_124;

  /// @throws UserException if a number is out of range
  public ShapesEvaluation {
    if (promptsEach < 1 || promptsEach > EvaluationPrompts.EACH) {
      throw new UserException(
          "The number of prompts is %d, expected 1 to %d."
              .formatted(promptsEach, EvaluationPrompts.EACH));
    }
    if (questions < 0 || pictures < 0) {
      throw new UserException(
          "The number of %s is %d, expected 0 or more."
              .formatted(
                  questions < 0 ? "questions" : "pictures", questions < 0 ? questions : pictures));
    }
  }

  /// Scores a model.
  ///
  /// @param dimoo draws and answers
  /// @param checkpoint of the same model; its VQ model is opened once more
  /// @param progress told after each picture, answer and reconstruction: the share that is done,
  ///   0..1
  public Scores run(Dimoo dimoo, Checkpoint checkpoint, Consumer<Double> progress) {
    int all = promptsEach * Category.values().length + questions + pictures;
    int[] done = {0};
    Runnable tick = () -> progress.accept(++done[0] / (double) all);
    SequencedMap<Category, Double> categories = categories(dimoo, tick);
    Map<String, Double> kinds = new TreeMap<>();
    List<Double> seconds = new ArrayList<>();
    double answered = questions(dimoo, kinds, seconds, tick);
    List<Scene> scenes = scenes(SceneOptions.Split.ALL, pictures);
    Reconstructions reconstructions = reconstructions(checkpoint, scenes, tick);
    return new Scores(
        categories,
        answered,
        kinds,
        seconds.stream().sorted().skip(seconds.size() / 2).findFirst().orElse(Double.NaN),
        reconstructions.foregroundPsnr(),
        judged(reconstructions.decoded(), scenes),
        judged(scenes.stream().map(Renderer::render).toList(), scenes));
  }

  private SequencedMap<Category, Double> categories(Dimoo dimoo, Runnable tick) {
    SequencedMap<Category, Double> scores = new LinkedHashMap<>();
    prompts()
        .forEach((category, prompts) -> {
          int right = 0;
          for (int i = 0; i < promptsEach; i++) {
            EvaluationPrompt prompt = prompts.get(i);
            Picture picture = picture(dimoo, prompt.text(), i);
            right += prompt.satisfiedBy(Judge.objects(picture)) ? 1 : 0;
            tick.run();
          }
          scores.put(category, right / (double) promptsEach);
        });
    return scores;
  }

  private Map<Category, List<EvaluationPrompt>> prompts() {
    return split == SceneOptions.Split.TRAINING
        ? EvaluationPrompts.seen()
        : EvaluationPrompts.heldOut();
  }

  private Picture picture(Dimoo dimoo, String prompt, int number) {
    long seed = sampling.seed() == null ? number : sampling.seed() + number;
    return dimoo.generate(TextToImage.of(prompt).sampling(sampling).seed(seed).build()).picture();
  }

  /// One question each about pictures of the split.
  private double questions(
      Dimoo dimoo, Map<String, Double> kinds, List<Double> seconds, Runnable tick) {
    Sampling ofAnswers = Sampling.DEFAULT.withSpeed(sampling.get(SamplingTable.SPEED)).withSeed(0L);
    RandomGenerator random = IndexedRandom.at(SEED, 0);
    Map<String, int[]> counts = new TreeMap<>();
    int right = 0;
    for (Scene scene : scenes(split, questions)) {
      Question question = Questions.ask(scene, random);
      Ask ask = Ask.of(question.text()).image(Renderer.render(scene)).sampling(ofAnswers).build();
      Answer answer = dimoo.ask(ask);
      seconds.add(answer.timings().sample().toNanos() / 1e9);
      boolean correct = answer.text().strip().equals(question.answer());
      int[] count = counts.computeIfAbsent(question.kind().name(), k -> new int[2]);
      count[0] += correct ? 1 : 0;
      count[1]++;
      right += correct ? 1 : 0;
      tick.run();
    }
    counts.forEach((kind, count) -> kinds.put(kind, count[0] / (double) count[1]));
    return right / (double) questions;
  }

  private static List<Scene> scenes(SceneOptions.Split split, int count) {
    SceneGenerator scenes = new SceneGenerator(SceneOptions.standard().withSplit(split), SEED);
    return LongStream.range(0, count).mapToObj(scenes::at).toList();
  }

  private static Reconstructions reconstructions(
      Checkpoint checkpoint, List<Scene> scenes, Runnable tick) {
    if (scenes.isEmpty()) {
      return new Reconstructions(List.of(), List.of());
    }
    try (VqCodec vq = VqCodec.open(checkpoint, TorchDevice.CPU)) {
      int f = vq.config().pixelsPerCode();
      List<TrainingPicture> originals = new ArrayList<>();
      List<Picture> decoded = new ArrayList<>();
      for (Scene scene : scenes) {
        TrainingPicture original = ScenePictures.of(scene);
        Picture picture = original.picture();
        int[] codes = vq.encode(picture.toPlanes(), picture.width(), picture.height());
        float[] planes = vq.decode(codes, picture.height() / f, picture.width() / f);
        originals.add(original);
        decoded.add(Picture.fromPlanes(planes, picture.width(), picture.height()));
        tick.run();
      }
      return new Reconstructions(originals, decoded);
    }
  }

  private static double judged(List<Picture> pictures, List<Scene> scenes) {
    int right = 0;
    for (int i = 0; i < pictures.size(); i++) {
      right += Found.matches(Judge.objects(pictures.get(i)), scenes.get(i)) ? 1 : 0;
    }
    return right / (double) pictures.size();
  }
}
