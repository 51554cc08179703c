package ai.dimoo.train.worlds.pictograms.training;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.worlds.pictograms.language.Captions;
import ai.dimoo.train.worlds.pictograms.language.Language;
import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneKind;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Icons;
import ai.dimoo.train.worlds.pictograms.things.Sprites;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// Pictures of the world with English captions, an endless stream, for fine-tuning: of a thing that
/// the model was not taught, or of those that it was. Each is a function of the seed and its
/// number. Safe for use by several threads.
public final class CaptionedScenes {

  /// A picture of 128×128 pixels, and what it shows.
  public record Captioned(Picture picture, String caption) {}

  private final Compositor compositor;
  private final SceneGenerator scenes;
  private final UnaryOperator<Scene> shown;
  private final long seed;

  private CaptionedScenes(
      List<Thing> drawn, SceneOptions options, UnaryOperator<Scene> shown, long seed) {
    compositor = new Compositor(Sprites.draw(drawn));
    scenes = new SceneGenerator(options, 0);
    this.shown = shown;
    this.seed = seed;
  }

  /// Scenes of the things that the pocket model was taught by name.
  ///
  /// @param alone one thing in each; false: all kinds of scenes, in the shares of its training
  /// @throws ai.dimoo.error.EnvironmentException if the icons were not fetched
  public static CaptionedScenes ofTaught(boolean alone, long seed) {
    SceneOptions all = SceneOptions.standard().with(Things.load().core());
    SceneOptions options = alone ? all.only(SceneKind.SINGLE) : all;
    return new CaptionedScenes(Things.load().taught(), options, scene -> scene, seed);
  }

  /// Scenes of nothing but one thing, in any place, four of five times large.
  ///
  /// @param name of one of the 850 pictograms: its key or its noun
  /// @throws UserException if there is none
  /// @throws ai.dimoo.error.EnvironmentException if the icons were not fetched
  public static CaptionedScenes of(String name, Artist artist, long seed) {
    Thing thing =
        Icons.open().all(Things.load()).stream()
            .filter(some -> some.key().equals(name) || some.noun().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new UserException(
                    "There is no pictogram \"%s\" that both artists drew; names are those of emoji, such as joystick or \"motor scooter\"."
                        .formatted(name)));
    Pictogram subject = Pictogram.plain(thing, artist);
    return new CaptionedScenes(
        List.of(thing),
        SceneOptions.standard().only(SceneKind.SINGLE),
        scene -> scene.with(List.of(scene.items().getFirst().with(subject))),
        seed);
  }

  /// The picture of this number, from 0.
  public Captioned at(long number) {
    RandomGenerator random = IndexedRandom.at(seed, number);
    Scene scene = shown.apply(scenes.draw(random));
    String caption = Captions.caption(scene, Language.ENGLISH, random).text();
    return new Captioned(compositor.render(scene), caption);
  }
}
