package ai.dimoo.train.worlds.pictograms.things;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SilhouettesTest {

  @BeforeAll
  static void icons() {
    FetchedIcons.require();
  }

  @Test
  void classesAreThoseOfTheDrawings() {
    List<Thing> taught = Things.load().taught();
    Map<String, String> written =
        taught.stream().collect(Collectors.toMap(Thing::key, Thing::silhouette));

    assertThat(Silhouettes.classes(taught, Sprites.draw(taught)))
        .containsExactlyInAnyOrderEntriesOf(written);
  }

  @Test
  void thoseThatComeInRenderingsHaveSilhouettesOfTheirOwn() {
    assertThat(Things.load().rendered()).extracting(Thing::silhouette).doesNotHaveDuplicates();
  }
}
