package ai.dimoo.train.worlds.pictograms.training;

import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.worlds.pictograms.language.Captions;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.random.RandomGenerator;

/// Captions of scenes that training shows, an endless stream: nothing is drawn for them.
///
/// @param scenes which scenes
/// @param seed of the stream
public record WorldCaptions(SceneOptions scenes, long seed) {

  /// Of the things that are taught by name.
  public static WorldCaptions ofTaught(long seed) {
    return new WorldCaptions(SceneOptions.standard().with(Things.load().core()), seed);
  }

  /// The caption of this number.
  public String of(long number) {
    RandomGenerator random = IndexedRandom.at(seed, number);
    Scene scene = new SceneGenerator(scenes, 0).draw(random);
    return Captions.caption(scene, random).text();
  }
}
