package ai.dimoo.train.worlds.shapes;

/// Where one object lies as seen from another.
public enum Relation {
  LEFT_OF,
  RIGHT_OF,
  ABOVE,
  BELOW;

  /// Offsets shorter than this share of the two boxes' sizes do not count (GenEval's
  /// `position_threshold`, evaluation/evaluate_images.py).
  private static final double SLACK = 0.1;

  /// The least part of the direction that must point along the axis (GenEval, same place).
  private static final double DIRECTION = 0.5;

  /// The same fact as seen from the other object.
  public Relation inverse() {
    return switch (this) {
      case LEFT_OF -> RIGHT_OF;
      case RIGHT_OF -> LEFT_OF;
      case ABOVE -> BELOW;
      case BELOW -> ABOVE;
    };
  }

  /// Whether `a` stands in this relation to `b`, by GenEval's rule: the offset of the centres, less
  /// a tenth of the boxes' sizes, points more than half along the axis. A box that lies diagonally
  /// from another can be left of it and above it at once.
  public boolean holds(Box a, Box b) {
    double dx = beyond(a.centreX() - b.centreX(), SLACK * (a.width() + b.width()));
    double dy = beyond(a.centreY() - b.centreY(), SLACK * (a.height() + b.height()));
    double length = Math.hypot(dx, dy);
    if (length == 0) {
      return false;
    }
    return switch (this) {
      case LEFT_OF -> dx / length < -DIRECTION;
      case RIGHT_OF -> dx / length > DIRECTION;
      case ABOVE -> dy / length < -DIRECTION;
      case BELOW -> dy / length > DIRECTION;
    };
  }

  /// Whether the relation can be said without doubt: the boxes are apart along the axis and overlap
  /// across it.
  public boolean clear(Box a, Box b) {
    boolean besideX = a.left() < b.right() && b.left() < a.right();
    boolean besideY = a.top() < b.bottom() && b.top() < a.bottom();
    return switch (this) {
      case LEFT_OF -> a.right() <= b.left() && besideY;
      case RIGHT_OF -> b.right() <= a.left() && besideY;
      case ABOVE -> a.bottom() <= b.top() && besideX;
      case BELOW -> b.bottom() <= a.top() && besideX;
    };
  }

  /// Whether `a` lies on this side of `b` at all, however little: whoever asks for the only object
  /// on a side must be able to rule the others out.
  public boolean leans(Box a, Box b) {
    return switch (this) {
      case LEFT_OF -> a.centreX() < b.centreX();
      case RIGHT_OF -> a.centreX() > b.centreX();
      case ABOVE -> a.centreY() < b.centreY();
      case BELOW -> a.centreY() > b.centreY();
    };
  }

  private static double beyond(double offset, double slack) {
    return Math.signum(offset) * Math.max(0, Math.abs(offset) - slack);
  }
}
