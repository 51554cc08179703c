package ai.dimoo.train.worlds.pictograms.language;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.worlds.pictograms.judge.AllThings;
import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Composition;
import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Relation;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneKind;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Zone;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Answers are found again in the pixels of the painted scene.
class FactsTest {

  private static final SceneOptions OPTIONS = SceneOptions.standard();

  private static Compositor compositor;

  /// Items are measured again for each fact about them.
  private static final Map<Item, int[]> MIDDLES = new HashMap<>();

  @BeforeAll
  static void draw() {
    compositor = AllThings.compositor();
  }

  @Test
  void thePixelsGiveTheSameAnswers() {
    Set<Class<?>> checked = new HashSet<>();
    SceneGenerator all = new SceneGenerator(OPTIONS, 51);
    SceneGenerator front = new SceneGenerator(OPTIONS.only(SceneKind.FRONT), 52);
    for (int i = 0; i < 600; i++) {
      Scene scene = i % 6 == 0 ? front.at(i) : all.at(i);
      Composition picture = compositor.compose(scene);
      MIDDLES.clear();
      Facts facts = new Facts(scene, Language.ENGLISH, IndexedRandom.at(53, i));
      for (Question.Kind kind : Question.Kind.values()) {
        for (Fact fact : facts.of(kind)) {
          if (check(fact, picture)) {
            checked.add(fact.getClass());
          }
        }
      }
    }
    assertThat(checked).hasSize(8);
  }

  /// Whether the fact is one that plain measuring can check.
  private static boolean check(Fact fact, Composition picture) {
    Scene scene = picture.scene();
    switch (fact) {
      case Fact.CountAll of -> {
        for (int item = 0; item < of.count(); item++) {
          assertThat(area(picture, item)).isGreaterThan(60);
        }
        assertThat(scene.items()).hasSize(of.count());
      }
      case Fact.Count of when of.count() > 0 && of.one().subject() instanceof Pictogram p ->
          assertThat(scene.items())
              .filteredOn(
                  item -> item.subject() instanceof Pictogram q && q.thing().equals(p.thing()))
              .hasSize(of.count());
      case Fact.ColourOf of when of.item().subject() instanceof Simple -> {
        int rgb =
            picture.picture().rgb(middle(picture, of.item())[0], middle(picture, of.item())[1]);
        // A ring has a hole in its middle.
        if (picture.itemAt(middle(picture, of.item())[0], middle(picture, of.item())[1]) < 0) {
          return false;
        }
        assertThat(nearest(rgb)).isEqualTo(of.colour());
      }
      case Fact.BackgroundOf of when of.background().sort() == Background.Sort.PLAIN ->
          assertThat(bare(picture)).isEqualTo(of.background().rgb(0, 0));
      case Fact.ZoneOf of -> assertThat(zone(middle(picture, of.item()))).isEqualTo(of.zone());
      case Fact.Related of when Relation.DIRECTIONS.contains(of.relation()) ->
          assertThat(directed(picture, of.a(), of.relation(), of.b()))
              .as("%s %s", fact, scene)
              .isEqualTo(of.holds());
      case Fact.Neighbour of when Relation.DIRECTIONS.contains(of.relation()) ->
          assertThat(directed(picture, of.neighbour(), of.relation(), of.anchor())).isTrue();
      case Fact.InFront of -> {
        int front = scene.items().indexOf(of.front());
        Composition alone = compositor.compose(new Scene(scene.background(), List.of(of.front())));
        assertThat(area(picture, front)).isEqualTo(area(alone, 0));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static int area(Composition picture, int item) {
    int area = 0;
    for (boolean visible : picture.visible(item)) {
      area += visible ? 1 : 0;
    }
    return area;
  }

  /// The middle of the box round the pixels in which an item would be seen alone.
  private static int[] middle(Composition picture, Item item) {
    return MIDDLES.computeIfAbsent(item, unknown -> measured(picture, unknown));
  }

  private static int[] measured(Composition picture, Item item) {
    Composition alone = compositor.compose(new Scene(picture.scene().background(), List.of(item)));
    int left = Scene.SIDE;
    int right = 0;
    int top = Scene.SIDE;
    int bottom = 0;
    for (int i = 0; i < Scene.SIDE * Scene.SIDE; i++) {
      int x = i % Scene.SIDE;
      int y = i / Scene.SIDE;
      if (alone.itemAt(x, y) == 0) {
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
    }
    return new int[] {(left + right) / 2, (top + bottom) / 2};
  }

  private static Zone zone(int[] middle) {
    return Zone.values()[3 * third(middle[1]) + third(middle[0])];
  }

  private static int third(int middle) {
    return middle < 49 ? 0 : middle > 78 ? 2 : 1;
  }

  private static boolean directed(Composition picture, Item a, Relation relation, Item b) {
    int[] one = middle(picture, a);
    int[] other = middle(picture, b);
    int dx = one[0] - other[0];
    int dy = one[1] - other[1];
    boolean across = Math.abs(dx) > Math.abs(dy);
    return switch (relation) {
      case LEFT_OF -> across && dx < 0;
      case RIGHT_OF -> across && dx > 0;
      case ABOVE -> !across && dy < 0;
      case BELOW -> !across && dy > 0;
      default -> throw new IllegalArgumentException(relation + " is no direction");
    };
  }

  private static int bare(Composition picture) {
    boolean[] boxes = picture.boxes();
    for (int i = 0; i < boxes.length; i++) {
      if (!boxes[i]) {
        return picture.picture().rgb(i % Scene.SIDE, i / Scene.SIDE);
      }
    }
    throw new AssertionError("no bare pixel");
  }

  private static Colour nearest(int rgb) {
    return Arrays.stream(Colour.values())
        .min(Comparator.comparingInt(colour -> distance(colour.rgb(), rgb)))
        .orElseThrow();
  }

  private static int distance(int a, int b) {
    int sum = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      sum += Math.abs((a >> shift & 0xff) - (b >> shift & 0xff));
    }
    return sum;
  }
}
