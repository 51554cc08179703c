package ai.dimoo.train.worlds.pictograms.scene;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SceneGeneratorTest {

  private static final SceneOptions STANDARD = SceneOptions.standard();

  @Test
  void aSeedAlwaysGivesTheSameScenes() {
    Scene scene = new SceneGenerator(STANDARD, 5).at(17);

    assertThat(new SceneGenerator(STANDARD, 5).at(17)).isEqualTo(scene);
    assertThat(new SceneGenerator(STANDARD, 5).at(18)).isNotEqualTo(scene);
    assertThat(new SceneGenerator(STANDARD, 6).at(17)).isNotEqualTo(scene);
  }

  @ParameterizedTest
  @EnumSource
  void everySplitHasScenesOfItsOwn(Split split) {
    assertThat(scenes(STANDARD.with(split), 300))
        .allMatch(scene -> HeldOut.of(scene) == split)
        .allMatch(scene -> !scene.items().isEmpty());
  }

  /// Or the transformer would never have written its codes.
  @Test
  void everyThingByBothArtistsComesAloneInTraining() {
    Set<Pictogram> seen = new HashSet<>();
    for (Scene scene : scenes(STANDARD.only(SceneKind.SINGLE), 8000)) {
      seen.add((Pictogram) scene.items().getFirst().subject());
    }
    for (Thing thing : Things.load().taught()) {
      for (Artist artist : Artist.values()) {
        assertThat(seen).contains(Pictogram.plain(thing, artist));
      }
    }
  }

  @Test
  void everyRenderingAndTintOfEveryRenderedThingComes() {
    Set<Subject> seen = new HashSet<>();
    SceneOptions looks = STANDARD.only(SceneKind.RENDERED, SceneKind.COLOURED);
    scenes(looks, 40_000).forEach(scene -> scene.items().forEach(item -> seen.add(item.subject())));

    for (Thing thing : Things.load().rendered()) {
      for (Rendering rendering : Rendering.values()) {
        if (rendering != Rendering.PLAIN) {
          assertThat(seen).contains(Pictogram.plain(thing, Artist.NOTO).as(rendering));
        }
      }
      assertThat(seen)
          .filteredOn(look -> look instanceof Pictogram p && p.thing().equals(thing))
          .hasSizeGreaterThan(24);
    }
  }

  @Test
  void thingsAreUniformAloneAndCoreOnesMoreFrequentTogether() {
    Map<Boolean, Integer> alone = new HashMap<>();
    Map<Boolean, Integer> together = new HashMap<>();
    count(scenes(STANDARD.only(SceneKind.SINGLE), 3000), alone);
    count(scenes(STANDARD.only(SceneKind.PAIR), 1500), together);

    double core = Things.load().core().size() / (double) Things.load().taught().size();
    assertThat(alone.get(true) / 3000.0).isBetween(core - 0.04, core + 0.04);
    assertThat(together.get(true) / 3000.0)
        .isBetween(0.6 + 0.4 * core - 0.04, 0.6 + 0.4 * core + 0.04);
  }

  private static void count(List<Scene> scenes, Map<Boolean, Integer> counts) {
    for (Scene scene : scenes) {
      for (Item item : scene.items()) {
        counts.merge(((Pictogram) item.subject()).thing().core(), 1, Integer::sum);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSceneIsOfItsKind(SceneKind kind) {
    for (Scene scene : scenes(STANDARD.only(kind), 300)) {
      List<Item> items = scene.items();
      boolean overlap = items.size() == 2 && items.getFirst().overlaps(items.getLast());
      assertThat(overlap).as("%s", scene).isEqualTo(kind == SceneKind.FRONT);
      assertThat(Backdrops.suits(scene.background(), items)).isTrue();
      long looks = items.stream().map(Item::subject).distinct().count();
      switch (kind) {
        case SINGLE -> assertThat(items).hasSize(1);
        case PAIR, RELATION, FRONT -> assertThat(looks).isEqualTo(2);
        case COUNT -> {
          assertThat(looks).isEqualTo(1);
          assertThat(items).hasSizeBetween(2, 4);
        }
        case GROUP -> assertThat(looks).isBetween(3L, 4L);
        case COLOURED -> assertThat(items).allMatch(item -> item.subject().colour() != null);
        case RENDERED ->
            assertThat(items)
                .allMatch(item -> ((Pictogram) item.subject()).rendering() != Rendering.PLAIN);
        case WORD -> assertThat(items).anyMatch(item -> item.subject() instanceof Word);
        case FIGURE -> assertThat(items).hasSizeBetween(1, 2);
      }
    }
  }

  @Test
  void allBackgroundsCome() {
    Set<Background> seen = EnumSet.noneOf(Background.class);
    scenes(STANDARD, 500).forEach(scene -> seen.add(scene.background()));
    assertThat(seen).containsExactlyInAnyOrder(Background.values());
  }

  @Test
  void progressBringsTheHardKinds() {
    assertThat(severalAt(0)).isLessThan(severalAt(0.5));
    assertThat(severalAt(0.5)).isLessThan(severalAt(1));
  }

  private static long severalAt(double progress) {
    return scenes(SceneOptions.atProgress(progress), 1000).stream()
        .filter(scene -> scene.items().size() > 1)
        .count();
  }

  private static List<Scene> scenes(SceneOptions options, int count) {
    SceneGenerator scenes = new SceneGenerator(options, 3);
    return LongStream.range(0, count).mapToObj(scenes::at).toList();
  }
}
