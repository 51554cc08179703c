package ai.dimoo.train.worlds.pictograms.things;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IconsTest {

  private static Icons icons;

  @BeforeAll
  static void open() {
    FetchedIcons.require();
    icons = Icons.open();
  }

  @Test
  void bothArtistsHaveDrawnWhatIsTaught() {
    for (Thing thing : Things.load().taught()) {
      for (Artist artist : Artist.values()) {
        assertThat(icons.has(artist, thing.icon(artist))).as("%s by %s", thing, artist).isTrue();
      }
    }
  }

  @Test
  void theVqModelSeesAllThatBothHaveDrawn() {
    Things things = Things.load();
    List<Thing> all = icons.all(things);

    assertThat(all).startsWith(things.taught().toArray(Thing[]::new)).hasSizeBetween(850, 950);
    Set<String> drawn = all.stream().map(Thing::noto).collect(Collectors.toSet());
    assertThat(drawn).hasSameSizeAs(all);
    assertThat(all)
        .allMatch(thing ->
            icons.has(Artist.NOTO, thing.noto()) && icons.has(Artist.FLUENT, thing.fluent()));
  }
}
