package ai.dimoo.train.worlds.pictograms.training;

import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.source.Layered;
import ai.dimoo.train.source.PictureSource;
import ai.dimoo.train.source.TrainingPicture;
import ai.dimoo.train.worlds.pictograms.maps.SceneMap;
import ai.dimoo.train.worlds.pictograms.scene.Composition;
import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneKind;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Pictures without words, for whatever the codes must carry: scenes of what is taught, scenes of
/// all other things, so that they can be taught later, and maps of scenes.
public final class WorldPictures implements PictureSource {

  /// Crowded: more pieces of things in a picture.
  private static final Map<SceneKind, Double> WEIGHTS =
      new EnumMap<>(
          Map.of(
              SceneKind.SINGLE, 0.06,
              SceneKind.PAIR, 0.30,
              SceneKind.FRONT, 0.06,
              SceneKind.COUNT, 0.04,
              SceneKind.GROUP, 0.22,
              SceneKind.COLOURED, 0.14,
              SceneKind.RENDERED, 0.10,
              SceneKind.WORD, 0.05,
              SceneKind.FIGURE, 0.03));

  private static final double UNTAUGHT = 0.12;
  private static final double MAPS = 0.10;

  /// Pictures of a step on one rank have numbers of their own.
  private static final long MOST_A_STEP = 1L << 20;

  private static final boolean[] NOWHERE = new boolean[Scene.SIDE * Scene.SIDE];

  private final Compositor compositor;
  private final SceneGenerator taught;
  private final SceneGenerator untaught;
  private final SceneGenerator figures;
  private final int batch;
  private final long seed;

  /// @param compositor has drawn all things
  /// @param all everything that both artists drew
  /// @param batch pictures a step
  public WorldPictures(Compositor compositor, List<Thing> all, int batch, long seed) {
    this.compositor = compositor;
    this.batch = batch;
    this.seed = seed;
    SceneOptions options = SceneOptions.standard().with(WEIGHTS);
    taught = new SceneGenerator(options, seed);
    figures = new SceneGenerator(options.only(SceneKind.FIGURE), seed);
    untaught =
        new SceneGenerator(
            options.with(all).plain().only(SceneKind.SINGLE, SceneKind.PAIR, SceneKind.GROUP),
            seed);
  }

  @Override
  public List<TrainingPicture> pictures(long step) {
    List<TrainingPicture> pictures = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      pictures.add(picture(IndexedRandom.at(seed, step * MOST_A_STEP + i)));
    }
    return pictures;
  }

  private TrainingPicture picture(RandomGenerator random) {
    double share = random.nextDouble();
    if (share < UNTAUGHT) {
      return new TrainingPicture(compositor.layered(untaught.draw(random)), NOWHERE);
    }
    if (share < UNTAUGHT + MAPS) {
      return map(random);
    }
    return compositor.trainingPicture(taught.draw(random));
  }

  private TrainingPicture map(RandomGenerator random) {
    SceneMap kind = SceneMap.values()[random.nextInt(SceneMap.values().length)];
    SceneGenerator scenes = kind == SceneMap.OPENPOSE ? figures : taught;
    Composition composition = compositor.compose(scenes.draw(random));
    return new TrainingPicture(Layered.of(kind.of(composition)), NOWHERE);
  }
}
