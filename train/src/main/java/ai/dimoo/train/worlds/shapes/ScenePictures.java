package ai.dimoo.train.worlds.shapes;

import ai.dimoo.train.source.PictureSource;
import ai.dimoo.train.source.TrainingPicture;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Pictures of the shapes world without captions, many objects in each. No combination is held out:
/// a VQ model learns no words.
///
/// @param batch pictures a step
/// @param smallSteps steps that see small pictures, which cost half as much and hold as much
/// @param seed of the scenes
public record ScenePictures(int batch, long smallSteps, long seed) implements PictureSource {

  private static final SceneOptions CROWDED =
      new SceneOptions(
          SceneOptions.DEFAULT_CELLS,
          SceneOptions.DEFAULT_CELLS,
          Map.of(
              SceneKind.SINGLE, 0.1,
              SceneKind.PAIR, 0.3,
              SceneKind.COUNT, 0.25,
              SceneKind.TRIO, 0.35),
          0.6,
          SceneOptions.Split.ALL);

  private static final int SMALL_CELLS = 6;

  @Override
  public List<TrainingPicture> pictures(long step) {
    SceneGenerator scenes =
        step < smallSteps
            ? new SceneGenerator(CROWDED.withCells(SMALL_CELLS, SMALL_CELLS), seed)
            : new SceneGenerator(CROWDED, seed + 1);
    long first = step * batch;
    return LongStream.range(first, first + batch).mapToObj(i -> of(scenes.at(i))).toList();
  }

  /// A scene's picture, with the boxes of its objects as the foreground.
  public static TrainingPicture of(Scene scene) {
    return new TrainingPicture(Renderer.render(scene), Renderer.objectMask(scene));
  }
}
