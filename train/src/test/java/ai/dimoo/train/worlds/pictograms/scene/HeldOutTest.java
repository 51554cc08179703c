package ai.dimoo.train.worlds.pictograms.scene;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldOutTest {

  private static final List<Thing> THINGS = Things.load().taught();

  @Test
  void aTenthOfThePairsIsHeldOutAndATwentiethIsForTuning() {
    List<Split> splits = new ArrayList<>();
    for (Thing a : THINGS) {
      for (Thing b : THINGS) {
        Split split = HeldOut.together(noto(a), noto(b));
        splits.add(split);
        assertThat(HeldOut.together(noto(b), noto(a))).isEqualTo(split);
      }
    }
    assertThat(share(splits, Split.HELD_OUT)).isBetween(0.095, 0.105);
    assertThat(share(splits, Split.TUNING)).isBetween(0.045, 0.055);
  }

  @Test
  void artistAndRenderingDoNotMatterForPairs() {
    for (int i = 1; i < THINGS.size(); i++) {
      Pictogram a = noto(THINGS.get(i - 1));
      Pictogram b = noto(THINGS.get(i));
      assertThat(HeldOut.together(a.by(Artist.FLUENT), b.as(Rendering.OUTLINE)))
          .isEqualTo(HeldOut.together(a, b));
    }
  }

  @Test
  void aRelationIsHeldOutFromBothSides() {
    for (int i = 1; i < THINGS.size(); i++) {
      Pictogram a = noto(THINGS.get(i - 1));
      Pictogram b = noto(THINGS.get(i));
      for (Relation relation : Relation.values()) {
        assertThat(HeldOut.relation(a, relation, b))
            .isEqualTo(HeldOut.relation(b, relation.inverse(), a));
      }
    }
  }

  @Test
  void aSceneIsInTheLastSplitOfWhatItHolds() {
    SceneGenerator scenes = new SceneGenerator(SceneOptions.standard().only(SceneKind.RELATION), 9);
    for (int i = 0; i < 500; i++) {
      List<Item> items = scenes.at(i).items();
      Subject a = items.getFirst().subject();
      Subject b = items.getLast().subject();
      assertThat(HeldOut.together(a, b)).isEqualTo(Split.TRAINING);
      for (Relation relation : Relation.values()) {
        if (relation.holds(items, 0, 1)) {
          assertThat(HeldOut.relation(a, relation, b)).isEqualTo(Split.TRAINING);
        }
      }
    }
  }

  @Test
  void tintsAreHeldOutBeforeBackgroundsOnly() {
    Pictogram car = noto(Things.load().byKey("car"));
    long seen =
        Colour.basic().stream()
            .filter(colour ->
                Background.of(Background.Sort.PLAIN).stream()
                    .anyMatch(background ->
                        HeldOut.alone(car.tinted(colour), background) == Split.TRAINING))
            .count();
    assertThat(seen).isEqualTo(Colour.basic().size());
  }

  @Test
  void whatIsHeldOutCanBeTold() {
    Map<String, List<String>> heldOut = HeldOutList.of(Split.HELD_OUT);
    Map<String, List<String>> tuning = HeldOutList.of(Split.TUNING);

    assertThat(heldOut).hasSize(9);
    heldOut.forEach((rule, entries) ->
        assertThat(entries)
            .as(rule)
            .isNotEmpty()
            .doesNotHaveDuplicates()
            .doesNotContainAnyElementsOf(tuning.get(rule).subList(0, 3)));
    assertThat(heldOut.get("counts").size()).isBetween(60, 120);
  }

  /// A rule over keys: what is added later changes nothing.
  @Test
  void theRuleStaysAsItIs() {
    StringBuilder splits = new StringBuilder();
    for (String key : List.of("fox", "pizza", "owl", "car", "cat", "dog", "tree", "apple")) {
      for (int count = 2; count <= 4; count++) {
        splits.append(HeldOut.count(count, noto(Things.load().byKey(key))).ordinal());
      }
    }
    assertThat(splits.toString()).isEqualTo("000000002000000000000002");
  }

  private static Pictogram noto(Thing thing) {
    return Pictogram.plain(thing, Artist.NOTO);
  }

  private static double share(List<Split> splits, Split split) {
    return splits.stream().filter(split::equals).count() / (double) splits.size();
  }
}
