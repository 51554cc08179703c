package ai.dimoo.train.worlds.pictograms.tasks;

import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Things on a ground plane of three by three places, which can be seen from several sides. No two
/// stand in one line of sight, so that none hides another whole. Immutable.
///
/// @param standing in any order
record Stage(Background background, List<Standing> standing) {

  /// Places along a side of the plane.
  static final int PLACES = 3;

  /// A thing at a place.
  ///
  /// @param x from 0 at the left to 2
  /// @param z from 0 near the front to 2
  record Standing(Subject subject, int x, int z) {}

  Stage {
    standing = List.copyOf(standing);
    boolean lines =
        standing.stream().mapToInt(Standing::x).distinct().count() == standing.size()
            && standing.stream().mapToInt(Standing::z).distinct().count() == standing.size();
    if (!lines) {
      throw new IllegalArgumentException("things stand behind each other: " + standing);
    }
  }

  /// What is seen from a side: what is near is large and low and hides what is behind it, what is
  /// farthest away is small and high. From above all things are small.
  Scene seen(View view) {
    return new Scene(
        background,
        standing.stream()
            .map(thing -> turned(thing, view))
            .sorted(Comparator.comparingInt(Standing::z).reversed())
            .map(view == View.ABOVE ? Stage::fromAbove : Stage::fromAside)
            .toList());
  }

  /// The thing as a viewer counts places: x from the viewer's left, z away from the viewer.
  private static Standing turned(Standing thing, View view) {
    int last = PLACES - 1;
    return switch (view) {
      case FRONT, ABOVE -> thing;
      case LEFT -> new Standing(thing.subject(), last - thing.z(), thing.x());
      case RIGHT -> new Standing(thing.subject(), thing.z(), last - thing.x());
      case BACK -> new Standing(thing.subject(), last - thing.x(), last - thing.z());
    };
  }

  private static Item fromAside(Standing thing) {
    ItemSize size = thing.z() == PLACES - 1 ? ItemSize.SMALL : ItemSize.LARGE;
    return new Item(thing.subject(), 2 * thing.x(), 2 * (PLACES - 1 - thing.z()), size);
  }

  private static Item fromAbove(Standing thing) {
    return new Item(thing.subject(), 2 * thing.x(), 2 * (PLACES - 1 - thing.z()), ItemSize.SMALL);
  }

  /// Where a stage can be seen from.
  enum View {
    FRONT,
    LEFT,
    RIGHT,
    BACK,
    ABOVE;

    /// All that are asked for, the front being given.
    static List<View> asked() {
      List<View> views = new ArrayList<>(List.of(values()));
      views.remove(FRONT);
      return views;
    }
  }
}
