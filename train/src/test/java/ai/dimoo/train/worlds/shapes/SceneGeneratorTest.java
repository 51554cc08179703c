package ai.dimoo.train.worlds.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SceneGeneratorTest {

  private static final SceneOptions STANDARD = SceneOptions.standard();

  private static List<Scene> scenes(SceneOptions options, long seed, int count) {
    SceneGenerator generator = new SceneGenerator(options, seed);
    return IntStream.range(0, count).mapToObj(i -> generator.next()).toList();
  }

  @Test
  void aSeedAlwaysGivesTheSameScenesAndAnotherSeedOthers() {
    assertThat(scenes(STANDARD, 5, 50)).isEqualTo(scenes(STANDARD, 5, 50));
    assertThat(scenes(STANDARD, 5, 50)).isNotEqualTo(scenes(STANDARD, 6, 50));
    assertThat(new HashSet<>(scenes(STANDARD, 0, 500))).hasSizeGreaterThan(495);
  }

  @Test
  void anyElementCanBeHadWithoutThoseBeforeIt() {
    List<Scene> inOrder = scenes(STANDARD, 5, 20);
    SceneGenerator generator = new SceneGenerator(STANDARD, 5);
    for (int i = 19; i >= 0; i--) {
      assertThat(generator.at(i)).isEqualTo(inOrder.get(i));
    }
    assertThat(generator.next()).isEqualTo(inOrder.getFirst());
  }

  @Test
  void trainingNeverSeesAHeldOutCombination() {
    SceneGenerator generator = new SceneGenerator(STANDARD, 1);
    for (int i = 0; i < 100_000; i++) {
      assertThat(HeldOut.contains(generator.next())).isFalse();
    }
  }

  @Test
  void trainingSeesEveryShapeInEveryColour() {
    Set<String> seen = new HashSet<>();
    for (Scene scene : scenes(STANDARD, 2, 5000)) {
      scene.items().forEach(item -> seen.add(item.words()));
    }
    for (Colour colour : Colour.values()) {
      for (Shape shape : Shape.values()) {
        assertThat(seen).contains(colour.word() + " " + shape.word());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SceneKind.class)
  void everyKindCanBeDrawnOnBothSidesOfTheHeldOutRule(SceneKind kind) {
    for (SceneOptions.Split split : SceneOptions.Split.values()) {
      for (Scene scene : scenes(STANDARD.only(kind).withSplit(split), 3, 100)) {
        List<Item> items = scene.items();
        switch (kind) {
          case SINGLE -> assertThat(items).hasSize(1);
          case PAIR -> assertThat(items).hasSize(2);
          case TRIO -> assertThat(items).hasSize(3);
          case COUNT -> {
            assertThat(items).hasSizeBetween(2, 5);
            assertThat(items.stream().map(i -> i.words() + i.size()).distinct()).hasSize(1);
          }
          case RELATION ->
              assertThat(Relation.values())
                  .anyMatch(r -> r.clear(items.getFirst().box(), items.getLast().box()));
        }
        if (split == SceneOptions.Split.HELD_OUT) {
          assertThat(HeldOut.contains(scene)).isTrue();
        }
      }
    }
  }

  @Test
  void objectsStayACellApart() {
    for (Scene scene : scenes(STANDARD, 4, 2000)) {
      List<Item> items = scene.items();
      for (int i = 0; i < items.size(); i++) {
        for (int j = 0; j < i; j++) {
          assertThat(items.get(i).box().near(items.get(j).box(), Scene.CELL)).isFalse();
        }
      }
    }
  }

  @Test
  void theCurriculumBeginsWithSingleObjectsOnPlainBackgrounds() {
    for (Scene scene : scenes(SceneOptions.atDifficulty(0), 5, 300)) {
      assertThat(scene.items()).hasSize(1);
      assertThat(scene.background().texture()).isEqualTo(Texture.PLAIN);
    }
    assertThat(scenes(STANDARD, 5, 300)).anyMatch(scene -> scene.items().size() == 5);
  }

  @Test
  void drawsOnOtherCanvases() {
    assertThat(scenes(STANDARD.withCells(6, 6), 6, 100)).allMatch(s -> s.width() == 48);
    assertThat(scenes(STANDARD.withCells(16, 8), 6, 100))
        .anyMatch(s -> s.items().stream().anyMatch(item -> item.column() > 10));
  }
}
