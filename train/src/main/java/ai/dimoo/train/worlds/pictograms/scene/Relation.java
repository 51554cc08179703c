package ai.dimoo.train.worlds.pictograms.scene;

import java.util.List;

/// Where one item stands as seen from another.
public enum Relation {
  LEFT_OF,
  RIGHT_OF,
  ABOVE,
  BELOW,
  IN_FRONT_OF,
  BEHIND;

  /// The four that say a direction in the picture.
  public static final List<Relation> DIRECTIONS = List.of(LEFT_OF, RIGHT_OF, ABOVE, BELOW);

  /// Offsets shorter than this share of the two boxes' sizes do not count (GenEval's
  /// `position_threshold`, evaluation/evaluate_images.py).
  private static final double SLACK = 0.1;

  /// The least part of the direction that must point along the axis (GenEval, same place).
  private static final double DIRECTION = 0.5;

  /// The same fact as seen from the other item.
  public Relation inverse() {
    return switch (this) {
      case LEFT_OF -> RIGHT_OF;
      case RIGHT_OF -> LEFT_OF;
      case ABOVE -> BELOW;
      case BELOW -> ABOVE;
      case IN_FRONT_OF -> BEHIND;
      case BEHIND -> IN_FRONT_OF;
    };
  }

  /// Whether item `a` stands in this relation to item `b`: for directions GenEval's rule (the
  /// offset of the centres, less a tenth of the boxes' sizes, points more than half along the axis,
  /// so that what lies diagonally can be left of the other and above it at once), for the others
  /// that their boxes overlap and the order of painting.
  ///
  /// @param items from back to front
  public boolean holds(List<Item> items, int a, int b) {
    Item one = items.get(a);
    Item other = items.get(b);
    return switch (this) {
      case IN_FRONT_OF -> a > b && one.overlaps(other);
      case BEHIND -> a < b && one.overlaps(other);
      default -> directed(one, other);
    };
  }

  private boolean directed(Item a, Item b) {
    double dx =
        beyond(
            centre(a.column(), a.columns()) - centre(b.column(), b.columns()),
            SLACK * (a.columns() + b.columns()));
    double dy =
        beyond(
            centre(a.row(), a.rows()) - centre(b.row(), b.rows()), SLACK * (a.rows() + b.rows()));
    double length = Math.hypot(dx, dy);
    if (length == 0) {
      return false;
    }
    return switch (this) {
      case LEFT_OF -> dx / length < -DIRECTION;
      case RIGHT_OF -> dx / length > DIRECTION;
      case ABOVE -> dy / length < -DIRECTION;
      case BELOW -> dy / length > DIRECTION;
      case IN_FRONT_OF, BEHIND -> false;
    };
  }

  /// Whether the relation can be said without doubt: for directions that the boxes are apart along
  /// the axis and overlap across it.
  ///
  /// @param items from back to front
  public boolean clear(List<Item> items, int a, int b) {
    Item one = items.get(a);
    Item other = items.get(b);
    boolean inRow = one.row() < other.row() + other.rows() && other.row() < one.row() + one.rows();
    boolean inColumn =
        one.column() < other.column() + other.columns()
            && other.column() < one.column() + one.columns();
    return switch (this) {
      case LEFT_OF -> inRow && one.column() + one.columns() <= other.column();
      case RIGHT_OF -> inRow && other.column() + other.columns() <= one.column();
      case ABOVE -> inColumn && one.row() + one.rows() <= other.row();
      case BELOW -> inColumn && other.row() + other.rows() <= one.row();
      case IN_FRONT_OF, BEHIND -> holds(items, a, b);
    };
  }

  private static double centre(int start, int length) {
    return start + length / 2.0;
  }

  /// What is left of an offset when `slack` is taken from its length.
  private static double beyond(double offset, double slack) {
    return Math.signum(offset) * Math.max(0, Math.abs(offset) - slack);
  }
}
