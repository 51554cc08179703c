package ai.dimoo.train.worlds.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.train.worlds.shapes.EvaluationPrompt.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationPromptsTest {

  private static final Map<Category, List<EvaluationPrompt>> PROMPTS = EvaluationPrompts.heldOut();
  private static final List<EvaluationPrompt> ALL =
      PROMPTS.values().stream().flatMap(List::stream).toList();

  @Test
  void fiftyDifferentPromptsInEachOfSixCategories() {
    assertThat(PROMPTS).hasSize(6);
    assertThat(PROMPTS.values()).allSatisfy(prompts -> assertThat(prompts).hasSize(50));
    assertThat(ALL.stream().map(EvaluationPrompt::text).distinct()).hasSize(300);
    assertThat(EvaluationPrompts.heldOut()).isEqualTo(PROMPTS);
  }

  @Test
  void whatTrainingShowsHasAsManyPromptsAndNoneOfTheHeldOut() {
    Map<Category, List<EvaluationPrompt>> seen = EvaluationPrompts.seen();
    assertThat(seen.values()).allSatisfy(prompts -> assertThat(prompts).hasSize(50));
    List<EvaluationPrompt> all = seen.values().stream().flatMap(List::stream).toList();
    assertThat(all).doesNotContainAnyElementsOf(ALL).doesNotHaveDuplicates();
    assertThat(all).allMatch(prompt -> prompt.satisfiedBy(Found.of(sceneFor(prompt))));
  }

  @Test
  void noTrainingSceneIsDescribedByAnyOfThem() {
    SceneGenerator scenes = new SceneGenerator(SceneOptions.standard(), 41);
    for (int i = 0; i < 30_000; i++) {
      Scene scene = scenes.next();
      for (EvaluationPrompt prompt : ALL) {
        assertThat(prompt.objects() == scene.items().size() && prompt.describes(scene))
            .as(prompt.text())
            .isFalse();
      }
    }
  }

  /// The other way round: whatever scene a prompt describes, the held-out rule refuses it; the
  /// picture of one satisfies the prompt, and the picture without its first object does not.
  @Test
  void aSceneThatFulfilsAPromptIsHeldOutAndJudgedRight() {
    for (EvaluationPrompt prompt : ALL) {
      Scene scene = sceneFor(prompt);
      assertThat(prompt.describes(scene)).as(prompt.text()).isTrue();
      assertThat(HeldOut.contains(scene)).as(prompt.text()).isTrue();
      assertThat(prompt.satisfiedBy(Judge.objects(Renderer.render(scene)))).isTrue();

      List<Item> fewer = scene.items().subList(1, scene.items().size());
      assertThat(prompt.satisfiedBy(Judge.objects(Renderer.render(scene.withItems(fewer)))))
          .as(prompt.text())
          .isFalse();
    }
  }

  @Test
  void positionAndCountAreJudgedAsGenEvalDoes() {
    EvaluationPrompt position =
        new EvaluationPrompt(
            Category.POSITION,
            "a photo of a circle left of a square",
            List.of(
                Requirement.some(Shape.CIRCLE).at(Relation.LEFT_OF, 1),
                Requirement.some(Shape.SQUARE)),
            null,
            2);
    assertThat(position.satisfiedBy(found(Shape.CIRCLE, 0, 3, Shape.SQUARE, 5, 3))).isTrue();
    assertThat(position.satisfiedBy(found(Shape.CIRCLE, 5, 3, Shape.SQUARE, 0, 3))).isFalse();
    assertThat(position.satisfiedBy(found(Shape.CIRCLE, 3, 0, Shape.SQUARE, 3, 5))).isFalse();

    EvaluationPrompt two =
        new EvaluationPrompt(
            Category.COUNTING,
            "a photo of two red circles",
            List.of(Requirement.exactly(2, Colour.RED, Shape.CIRCLE)),
            null,
            2);
    List<Found> found = new ArrayList<>(found(Shape.CIRCLE, 0, 0, Shape.CIRCLE, 5, 5));
    assertThat(two.satisfiedBy(found)).isTrue();
    assertThat(two.satisfiedBy(found.subList(0, 1))).isFalse();
    found.add(Found.of(new Item(Shape.CIRCLE, Colour.RED, Size.SMALL, 0, 5)));
    assertThat(two.satisfiedBy(found)).isFalse();
  }

  private static List<Found> found(Shape a, int columnA, int rowA, Shape b, int columnB, int rowB) {
    return List.of(
        Found.of(new Item(a, Colour.RED, Size.SMALL, columnA, rowA)),
        Found.of(new Item(b, Colour.RED, Size.SMALL, columnB, rowB)));
  }

  /// A picture that a prompt asks for, built from its requirements.
  private static Scene sceneFor(EvaluationPrompt prompt) {
    List<Item> items = new ArrayList<>();
    int[][] spots = {{0, 0}, {5, 5}, {0, 5}, {5, 0}};
    Relation relation = null;
    for (Requirement requirement : prompt.requirements()) {
      for (int i = 0; i < requirement.least(); i++) {
        int[] spot = spots[items.size()];
        items.add(item(requirement, spot[0], spot[1]));
      }
      if (requirement.place() != null) {
        relation = requirement.place().relation();
      }
    }
    if (relation != null) {
      boolean across = relation == Relation.LEFT_OF || relation == Relation.RIGHT_OF;
      int first = relation == Relation.LEFT_OF || relation == Relation.ABOVE ? 0 : 5;
      Requirement a = prompt.requirements().getFirst();
      Requirement b = prompt.requirements().getLast();
      items =
          List.of(
              across ? item(a, first, 3) : item(a, 3, first),
              across ? item(b, 5 - first, 3) : item(b, 3, 5 - first));
    }
    Background background =
        prompt.background() == null
            ? new Background(Tone.WHITE, Texture.PLAIN)
            : prompt.background();
    return new Scene(8, 8, background, items);
  }

  private static Item item(Requirement requirement, int column, int row) {
    Colour free = requirement.shape() == Shape.CIRCLE ? Colour.RED : Colour.BLUE;
    return new Item(
        requirement.shape(),
        requirement.colour() == null ? free : requirement.colour(),
        requirement.size() == null ? Size.SMALL : requirement.size(),
        column,
        row);
  }
}
