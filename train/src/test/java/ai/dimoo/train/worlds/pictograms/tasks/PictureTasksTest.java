package ai.dimoo.train.worlds.pictograms.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.prompt.Task;
import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.tasks.PictureChange;
import ai.dimoo.train.worlds.pictograms.judge.AllThings;
import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.HeldOut;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PictureTasksTest {

  private static final Map<String, PictureTask> TRAINING =
      PictureTasks.all(SceneOptions.standard());
  private static final Map<String, PictureTask> HELD_OUT =
      PictureTasks.all(SceneOptions.standard().with(Split.HELD_OUT));

  static Stream<String> names() {
    return TRAINING.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aSampleFitsItsTaskAndItsTargetIsRight(String name) {
    for (TaskSample sample : samples(TRAINING.get(name), 40)) {
      assertThat(sample.task().isNamed()).isTrue();
      assertThat(sample.inputs()).hasSize(sample.task().family().pictures());
      assertThat(sample.prompt().isEmpty()).isNotEqualTo(sample.task().family().takesPrompt());
      assertThat(sample.requirement().metBy(sample.target().scene())).as("%s", sample).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void splitsAreDisjoint(String name) {
    for (TaskSample sample : samples(TRAINING.get(name), 40)) {
      assertThat(HeldOut.of(sample.target().scene())).isEqualTo(Split.TRAINING);
    }
    for (TaskSample sample : samples(HELD_OUT.get(name), 10)) {
      Split split = HeldOut.of(sample.target().scene());
      for (Motif input : sample.inputs()) {
        split = split.and(HeldOut.of(input.scene()));
      }
      assertThat(split).isEqualTo(Split.HELD_OUT);
    }
  }

  @Test
  void theSameRandomNumbersGiveTheSameSample() {
    TRAINING.forEach((name, task) ->
        assertThat(task.draw(IndexedRandom.at(1, 2)))
            .as(name)
            .isEqualTo(task.draw(IndexedRandom.at(1, 2))));
  }

  @Test
  void theUnchangedPictureIsNeverRight() {
    for (String name : TRAINING.keySet()) {
      if (name.startsWith("edit") || name.equals("image_ref_transfer")) {
        for (TaskSample sample : samples(TRAINING.get(name), 40)) {
          Scene input = sample.inputs().getFirst().scene();
          assertThat(sample.requirement().metBy(input)).as("%s", sample).isFalse();
        }
      }
    }
  }

  @Test
  void aSubjectKeepsItsArtistAndItsColour() {
    for (TaskSample sample : samples(TRAINING.get("subject_driven"), 100)) {
      Item given = sample.inputs().getFirst().scene().items().getFirst();
      Pictogram subject = (Pictogram) given.subject();
      List<Item> items = sample.target().scene().items();
      Item there =
          items.stream().filter(item -> item.subject().equals(subject)).findFirst().orElseThrow();
      Scene other = sample.target().scene();
      Scene otherArtist = other.replacing(there, there.with(subject.by(subject.artist().other())));
      assertThat(sample.requirement().metBy(otherArtist)).as("%s", sample).isFalse();
      if (subject.tint() != null) {
        Scene undyed = other.replacing(there, there.with(subject.tinted(null)));
        assertThat(sample.requirement().metBy(undyed)).as("%s", sample).isFalse();
        assertThat(sample.prompt()).doesNotContain(subject.tint().word() + " " + subject.thing());
      }
    }
  }

  @Test
  void aStyleIsTheReferencesAndEverythingElseStays() {
    for (TaskSample sample : samples(TRAINING.get("image_ref_transfer"), 100)) {
      Scene content = sample.inputs().getFirst().scene();
      Pictogram reference =
          (Pictogram) sample.inputs().getLast().scene().items().getFirst().subject();
      Scene target = sample.target().scene();
      assertThat(target.background()).isEqualTo(content.background());
      for (int i = 0; i < content.items().size(); i++) {
        Pictogram before = (Pictogram) content.items().get(i).subject();
        Item item = target.items().get(i);
        Pictogram after = (Pictogram) item.subject();
        assertThat(item.with(before)).isEqualTo(content.items().get(i));
        assertThat(after.thing()).isEqualTo(before.thing());
        assertThat(after.artist()).isEqualTo(reference.artist());
        assertThat(after.rendering()).isEqualTo(reference.rendering());
        boolean artist = before.artist() != after.artist();
        assertThat(artist).isEqualTo(after.rendering() == before.rendering());
        assertThat(artist && after.rendering() != Rendering.PLAIN).isFalse();
      }
    }
  }

  @Test
  void viewsShowTheSameThings() {
    Set<Task> views = new HashSet<>();
    for (TaskSample sample : samples(TRAINING.get("multi_view"), 100)) {
      views.add(sample.task());
      Scene front = sample.inputs().getFirst().scene();
      Scene view = sample.target().scene();
      assertThat(view.items().stream().map(Item::subject))
          .containsExactlyInAnyOrderElementsOf(front.items().stream().map(Item::subject).toList());
    }
    assertThat(views).hasSize(4);
  }

  @Test
  void fromTheLeftWhatWasLeftIsNearAndFromBehindLeftIsRight() {
    Stage stage = stage();
    Scene front = stage.seen(Stage.View.FRONT);
    Scene left = stage.seen(Stage.View.LEFT);
    Scene back = stage.seen(Stage.View.BACK);
    Scene above = stage.seen(Stage.View.ABOVE);

    Item fox = front.items().getFirst(); // at the left and far away
    assertThat(fox.size()).isEqualTo(ItemSize.SMALL);
    assertThat(fox.column()).isZero();
    Item nearFox = left.items().getLast();
    assertThat(nearFox.subject()).isEqualTo(fox.subject());
    assertThat(nearFox.size()).isEqualTo(ItemSize.LARGE);
    assertThat(back.items().getLast().subject()).isEqualTo(fox.subject());
    assertThat(back.items().getLast().column()).isEqualTo(4);
    assertThat(above.items()).allMatch(item -> item.size() == ItemSize.SMALL);
    assertThat(above.items().getFirst().row()).isZero();
  }

  private static Stage stage() {
    Scene scene = TRAINING.get("edit_replace").draw(IndexedRandom.at(3, 3)).target().scene();
    Pictogram fox = (Pictogram) scene.items().getFirst().subject();
    return new Stage(
        scene.background(),
        List.of(
            new Stage.Standing(fox, 0, 2), new Stage.Standing(fox.by(fox.artist().other()), 1, 0)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void samplesArePainted(String name) {
    Compositor compositor = AllThings.compositor();
    TaskSample sample = TRAINING.get(name).draw(IndexedRandom.at(4, 4));
    PictureChange change = sample.painted(compositor);

    assertThat(change.task()).isEqualTo(sample.task());
    assertThat(change.target().picture().width()).isEqualTo(Scene.SIDE);
    boolean[] tiles = change.target().foregroundTiles(Scene.TOKENS, Scene.TOKENS);
    assertThat(tiles).as("some foreground").contains(true);
  }

  private static List<TaskSample> samples(PictureTask task, int count) {
    return LongStream.range(0, count).mapToObj(i -> task.draw(IndexedRandom.at(7, i))).toList();
  }
}
