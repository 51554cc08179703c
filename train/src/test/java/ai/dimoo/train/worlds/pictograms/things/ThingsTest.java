package ai.dimoo.train.worlds.pictograms.things;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThingsTest {

  /// Nouns that begin with a vowel but not with its sound.
  private static final Set<String> LIKE_CONSONANTS = Set.of("unicorn", "ufo");

  /// Nouns that begin with a mute h.
  private static final Set<String> LIKE_VOWELS = Set.of("hourglass");

  /// Plurals that follow no rule of [Things#regularPlural(String)].
  private static final Map<String, String> IRREGULAR = irregular();

  private static final Things THINGS = Things.load();

  @Test
  void holdsThreeHundredCoreOnesFirst() {
    assertThat(THINGS.taught()).hasSize(300);
    assertThat(THINGS.core()).hasSizeBetween(95, 115);
    assertThat(THINGS.rendered()).hasSizeBetween(38, 45);
    assertThat(THINGS.taught().subList(0, THINGS.core().size())).isEqualTo(THINGS.core());
    assertThat(THINGS.core()).containsAll(THINGS.rendered());
  }

  @Test
  void keysAreTheNounsWithoutBlanks() {
    assertThat(THINGS.taught())
        .allSatisfy(thing -> {
          assertThat(thing.key()).isEqualTo(thing.noun().toLowerCase().replace(' ', '-'));
          assertThat(thing.key()).matches("[a-z]+(-[a-z]+)*");
        });
  }

  @Test
  void articlesFollowTheSound() {
    assertThat(THINGS.taught())
        .filteredOn(thing -> thing.article() != Article.NONE)
        .allSatisfy(thing -> {
          boolean vowel =
              "aeiou".indexOf(Character.toLowerCase(thing.noun().charAt(0))) >= 0
                      && !LIKE_CONSONANTS.contains(thing.noun())
                  || LIKE_VOWELS.contains(thing.noun());
          assertThat(thing.article()).as(thing.key()).isEqualTo(vowel ? Article.AN : Article.A);
        });
    assertThat(THINGS.byKey("unicorn").withArticle()).isEqualTo("a unicorn");
    assertThat(THINGS.byKey("hourglass").withArticle()).isEqualTo("an hourglass");
    assertThat(THINGS.byKey("scissors").withArticle()).isEqualTo("scissors");
  }

  @Test
  void pluralsFollowTheRulesOrAreKnownExceptions() {
    assertThat(THINGS.taught())
        .allSatisfy(thing -> {
          String expected =
              IRREGULAR.getOrDefault(
                  thing.noun(),
                  thing.article() == Article.NONE && thing.noun().endsWith("s")
                      ? thing.noun()
                      : Things.regularPlural(thing.noun()));
          assertThat(thing.plural()).as(thing.key()).isEqualTo(expected);
        });
  }

  @Test
  void noNameMeansTwoThingsOrAShapeOrAColour() {
    Map<String, Thing> owners = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (SimpleShape shape : SimpleShape.values()) {
      taken.addAll(List.of(shape.word(), shape.plural(), shape.chinese()));
      taken.addAll(shape.synonyms());
    }
    for (Colour colour : Colour.values()) {
      taken.addAll(List.of(colour.word(), colour.chinese()));
    }
    taken.remove("orange"); // the fruit; the colour is an adjective
    for (Thing thing : THINGS.taught()) {
      for (String name : Things.names(thing)) {
        assertThat(owners.put(name, thing)).as(name).isNull();
        assertThat(taken).as(thing.key()).doesNotContain(name);
      }
    }
  }

  @Test
  void namesAreCleanlyWritten() {
    for (Thing thing : THINGS.taught()) {
      assertThat(thing.chinese()).as(thing.key()).matches("T?\\p{IsHan}+");
      assertThat(thing.measure()).as(thing.key()).matches("\\p{IsHan}");
      assertThat(thing.synonyms())
          .as(thing.key())
          .allMatch(synonym -> synonym.matches("[a-z0-9]+([ '-]+[a-z0-9]+)*|\\p{IsHan}+"))
          .doesNotHaveDuplicates()
          .doesNotContain(thing.noun());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "kitty, cat",
    "An Auto, car",
    "puppies, dog",
    "policemen, police-officer",
    "猫, cat",
    "小狗, dog",
    "mice, mouse",
    "computer mice, computer-mouse",
    "oranges, orange",
    "sofa, couch",
    "phone, cell-phone",
    "the football, soccer-ball",
    "slices of pizza, pizza",
    "西红柿, tomato"
  })
  void findsWhatPeopleType(String typed, String key) {
    assertThat(THINGS.named(typed)).contains(THINGS.byKey(key));
  }

  @Test
  void saysWhatItDoesNotKnow() {
    assertThat(THINGS.named("quasar")).isEmpty();
    assertThatThrownBy(() -> THINGS.byKey("quasar"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("quasar");
  }

  @Test
  void chineseComesWithItsMeasureWord() {
    assertThat(THINGS.byKey("cat").oneInChinese()).isEqualTo("一只猫");
    assertThat(THINGS.byKey("scissors").oneInChinese()).isEqualTo("一把剪刀");
  }

  @Test
  void knowsWhatGenevalAsksForWhereBothArtistsDrewIt() {
    Stream.of(
            "person, bicycle, car, motorcycle, airplane, bus, train, truck, boat, traffic light,"
                + " stop sign, bird, cat, dog, horse, sheep, cow, elephant, bear, zebra, giraffe,"
                + " backpack, umbrella, handbag, tie, suitcase, frisbee, skis, sports ball, kite,"
                + " skateboard, tennis racket, bottle, wine glass, cup, fork, knife, spoon, bowl,"
                + " banana, apple, sandwich, orange, broccoli, carrot, hot dog, pizza, donut, cake,"
                + " chair, couch, potted plant, bed, toilet, tv, laptop, computer mouse, keyboard,"
                + " cell phone, book, clock, vase, scissors, teddy bear, toothbrush")
        .flatMap(names -> Stream.of(names.split(", ")))
        .forEach(name ->
            assertThat(THINGS.named(name))
                .as(name)
                .hasValueSatisfying(thing -> assertThat(thing.core()).isTrue()));
  }

  private static Map<String, String> irregular() {
    Map<String, String> plurals = new HashMap<>();
    Stream.of("sheep", "broccoli", "deer", "bread", "corn", "popcorn", "sushi")
        .forEach(noun -> plurals.put(noun, noun));
    plurals.putAll(
        Map.of(
            "person", "people",
            "tooth", "teeth",
            "wolf", "wolves",
            "scarf", "scarves",
            "die", "dice",
            "tomato", "tomatoes",
            "volcano", "volcanoes",
            "bow and arrow", "bows and arrows",
            "thumbs up", "thumbs up",
            "santa claus", "santa clauses"));
    return plurals;
  }
}
