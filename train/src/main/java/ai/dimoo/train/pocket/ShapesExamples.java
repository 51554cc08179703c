package ai.dimoo.train.pocket;

import ai.dimoo.prompt.PromptTemplate;
import ai.dimoo.prompt.Task;
import ai.dimoo.prompt.TextTokenizer;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.SequenceLayout;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.source.MaskCodes.Rule;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.source.TrainingExample.Target;
import ai.dimoo.train.worlds.shapes.Captions;
import ai.dimoo.train.worlds.shapes.Question;
import ai.dimoo.train.worlds.shapes.Questions;
import ai.dimoo.train.worlds.shapes.Renderer;
import ai.dimoo.train.worlds.shapes.Scene;
import ai.dimoo.train.worlds.shapes.SceneGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Training examples of the shapes world: pictures from captions, answers to questions, and hidden
/// words of captions, in the layouts of the published model. Scenes come from a pool, so that each
/// is encoded once.
///
/// Not thread-safe.
final class ShapesExamples implements ExampleSource {

  private final PocketRecipe recipe;
  private final SceneCodes codes;
  private final TextTokenizer tokenizer;
  private final SpecialTokens special;
  private final SequenceLayout layout;
  private final int[] uncondition;
  private final Map<String, int[]> encoded = new HashMap<>();

  ShapesExamples(
      PocketRecipe recipe, SceneCodes codes, TextTokenizer tokenizer, SpecialTokens special) {
    this.recipe = recipe;
    this.codes = codes;
    this.tokenizer = tokenizer;
    this.special = special;
    layout = new SequenceLayout(special);
    uncondition = tokenizer.encodeMarkup(PromptTemplate.of(Task.TEXT_TO_IMAGE, "").unconditional());
  }

  @Override
  public List<TrainingExample> examples(long step, int rank) {
    RandomGenerator random = IndexedRandom.at(recipe.seed() + 1, step);
    List<Scene> scenes = scenes(step, random);
    List<CodeGrid> grids = codes.of(scenes);
    List<TrainingExample> examples = new ArrayList<>();
    for (int i = 0; i < scenes.size(); i++) {
      examples.add(example(scenes.get(i), grids.get(i), random));
    }
    return examples;
  }

  /// The scenes that a step's examples are about.
  List<Scene> scenes(long step) {
    return scenes(step, IndexedRandom.at(recipe.seed() + 1, step));
  }

  private List<Scene> scenes(long step, RandomGenerator random) {
    SceneGenerator scenes = new SceneGenerator(recipe.scenes(step), recipe.seed());
    return Stream.generate(() -> scenes.at(random.nextLong(recipe.poolSize())))
        .limit(recipe.batch())
        .toList();
  }

  private TrainingExample example(Scene scene, CodeGrid grid, RandomGenerator random) {
    double share = random.nextDouble();
    if (share < recipe.questionShare()) {
      return question(scene, grid, random);
    }
    return share < recipe.questionShare() + recipe.captionShare()
        ? caption(scene, grid, random)
        : picture(scene, grid, random);
  }

  /// A picture to predict from a caption, in a tenth of the cases from `<uncondition>` (the
  /// reference's share), so that guidance has something to compare with.
  ///
  /// Of some no object shows, as when sampling begins: as soon as a piece of an object shows, its
  /// colour and shape can be read there, and the words round them teach nothing.
  private TrainingExample picture(Scene scene, CodeGrid grid, RandomGenerator random) {
    String caption = caption(scene, random);
    int[] prompt =
        random.nextDouble() < 0.1
            ? uncondition
            : encode(PromptTemplate.of(Task.TEXT_TO_IMAGE, caption));
    TokenSequence sequence = painting(prompt, grid);
    boolean[] objects = new boolean[grid.size()];
    if (random.nextDouble() < recipe.bareShare()) {
      objects = objectCodes(scene, grid);
    }
    return hide(
        sequence.ids().toArray(),
        random,
        new Target(positions(sequence, objects, true), Rule.WHOLE),
        new Target(positions(sequence, objects, false), Rule.SHARE));
  }

  /// Which codes stand for a piece of an object's box.
  private static boolean[] objectCodes(Scene scene, CodeGrid grid) {
    boolean[] pixels = Renderer.objectMask(scene);
    boolean[] codes = new boolean[grid.size()];
    int side = scene.width() / grid.columns();
    for (int i = 0; i < pixels.length; i++) {
      int row = i / scene.width() / side;
      codes[row * grid.columns() + i % scene.width() / side] |= pixels[i];
    }
    return codes;
  }

  /// Where the chosen codes stand in a sequence; the ends of rows are no codes.
  private static int[] positions(TokenSequence sequence, boolean[] codes, boolean chosen) {
    return IntStream.range(0, codes.length)
        .filter(i -> codes[i] == chosen)
        .map(sequence.image()::position)
        .toArray();
  }

  /// Words of a caption to predict from its other words and the picture, which is all there. It
  /// teaches what a picture to predict hardly does: that a colour belongs to the shape beside it,
  /// and which object stands left of which.
  private TrainingExample caption(Scene scene, CodeGrid grid, RandomGenerator random) {
    int[] prompt = encode(PromptTemplate.of(Task.TEXT_TO_IMAGE, caption(scene, random)));
    int start = Arrays.mismatch(prompt, uncondition);
    int[] end = encode(PromptTemplate.of(Task.TEXT_TO_IMAGE, ""));
    int[] words = IntStream.range(start, prompt.length - (end.length - start)).toArray();
    return weighted(
        hide(painting(prompt, grid).ids().toArray(), random, new Target(words, Rule.SHARE)));
  }

  private String caption(Scene scene, RandomGenerator random) {
    return random.nextDouble() < recipe.readingOrderShare()
        ? Captions.inReadingOrder(scene, random)
        : Captions.caption(scene, random);
  }

  /// The picture after the prompt, nothing hidden.
  private TokenSequence painting(int[] prompt, CodeGrid grid) {
    return layout.image(prompt, uncondition, List.of(), grid);
  }

  private TrainingExample hide(int[] ids, RandomGenerator random, Target... targets) {
    return TrainingExample.hide(ids, targets, special.mask(), random);
  }

  private TrainingExample weighted(TrainingExample example) {
    return example.weighing(recipe.answerWeight());
  }

  /// An answer to predict from a picture and a question, then padding up to the answer's length.
  ///
  /// Half of the answers are hidden together with their padding, as they are when sampling begins:
  /// the reference's rule for padding never hides a few tokens of it whole.
  private TrainingExample question(Scene scene, CodeGrid grid, RandomGenerator random) {
    Question question = Questions.ask(scene, random);
    int[] prompt = encode(PromptTemplate.of(Task.UNDERSTANDING, question.text()));
    TokenSequence sequence = layout.answer(prompt, List.of(grid), PocketRecipe.ANSWER_LENGTH);
    int[] ids = sequence.ids().toArray();
    int[] answer = tokenizer.encodeText(question.answer());
    if (answer.length >= sequence.text().length()) {
      throw new IllegalStateException(
          "the answer '%s' takes %d tokens and </answer>, but there is room for %d"
              .formatted(question.answer(), answer.length, sequence.text().length()));
    }
    int start = sequence.text().start();
    for (int i = 0; i < sequence.text().length(); i++) {
      ids[start + i] =
          i < answer.length ? answer[i] : i == answer.length ? special.endAnswer() : special.pad();
    }
    int all = start + sequence.text().length();
    int answered = random.nextDouble() < 0.5 ? all : start + answer.length + 1;
    List<Target> targets = new ArrayList<>();
    targets.add(new Target(IntStream.range(start, answered).toArray(), Rule.SHARE));
    if (answered < all) {
      targets.add(new Target(IntStream.range(answered, all).toArray(), Rule.PADDING));
    }
    return weighted(hide(ids, random, targets.toArray(Target[]::new)));
  }

  private int[] encode(PromptTemplate template) {
    return encoded.computeIfAbsent(template.conditional(), tokenizer::encodeMarkup);
  }
}
