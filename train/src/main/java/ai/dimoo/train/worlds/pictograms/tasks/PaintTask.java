package ai.dimoo.train.worlds.pictograms.tasks;

import ai.dimoo.train.worlds.pictograms.language.Caption;
import ai.dimoo.train.worlds.pictograms.language.Captions;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Look;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Part;
import ai.dimoo.train.worlds.pictograms.scene.Requirement.Place;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneKind;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A picture of which a part is to be painted as a sentence says. For evaluation: the model learns
/// it from making pictures.
public final class PaintTask {

  /// Which part is painted.
  public enum Kind {
    /// A whole item is hidden and is to come back.
    INPAINT,
    /// The right half of the picture lies beyond the border, and an item crosses it.
    OUTPAINT,
    /// The lower or right half of an item is hidden and is to be mended.
    RETOUCH
  }

  /// A picture to paint in.
  ///
  /// @param caption of the whole picture
  /// @param scene the whole picture
  /// @param painted for each token, row by row, whether it is to be painted
  /// @param requirement what must be there afterwards; items that are partly or wholly repainted
  ///   must stand at their places, the hidden ones by any artist
  public record Sample(
      Kind kind, Caption caption, Scene scene, boolean[] painted, Requirement requirement) {}

  private final Kind kind;
  private final SceneGenerator scenes;

  /// @param options of the scenes
  public PaintTask(Kind kind, SceneOptions options) {
    this.kind = kind;
    scenes =
        new SceneGenerator(options.only(SceneKind.SINGLE, SceneKind.PAIR, SceneKind.RELATION), 0);
  }

  /// A sample that depends on the random numbers alone.
  public Sample draw(RandomGenerator random) {
    while (true) {
      Scene scene = scenes.draw(random);
      Item item = scene.items().get(random.nextInt(scene.items().size()));
      boolean crosses = item.column() == 2 && item.size() == ItemSize.LARGE;
      boolean halved = item.size() == ItemSize.LARGE;
      switch (kind) {
        case INPAINT -> {
          return sample(
              scene, item, item.column(), item.row(), item.columns(), item.rows(), random);
        }
        case OUTPAINT -> {
          if (crosses) {
            return sample(scene, item, 4, 0, 4, Scene.TOKENS, random);
          }
        }
        case RETOUCH -> {
          if (halved) {
            boolean right = random.nextBoolean();
            int column = item.column() + (right ? 2 : 0);
            int row = item.row() + (right ? 0 : 2);
            return sample(scene, item, column, row, right ? 2 : 4, right ? 4 : 2, random);
          }
        }
      }
    }
  }

  private Sample sample(
      Scene scene, Item item, int column, int row, int columns, int rows, RandomGenerator random) {
    boolean[] painted = new boolean[Scene.TOKENS * Scene.TOKENS];
    for (int y = row; y < row + rows; y++) {
      for (int x = column; x < column + columns; x++) {
        painted[y * Scene.TOKENS + x] = true;
      }
    }
    List<Item> kept = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (Item other : scene.items()) {
      boolean hidden = tokens(other, painted) == other.columns() * other.rows();
      boolean partly = tokens(other, painted) > 0;
      if (!partly) {
        kept.add(other);
      } else {
        Look look = hidden ? Look.named(other.subject()) : Look.exactly(other.subject());
        Part part = Part.one(look);
        boolean free = hidden && kind == Kind.OUTPAINT;
        parts.add(free ? part : part.at(new Place.Touching(other)));
      }
    }
    return new Sample(
        kind,
        Captions.caption(scene, random),
        scene,
        painted,
        new Requirement(parts, kept, scene.background()));
  }

  /// How many tokens of an item are to be painted.
  private static int tokens(Item item, boolean[] painted) {
    int count = 0;
    for (int y = item.row(); y < item.row() + item.rows(); y++) {
      for (int x = item.column(); x < item.column() + item.columns(); x++) {
        count += painted[y * Scene.TOKENS + x] ? 1 : 0;
      }
    }
    return count;
  }
}
