package ai.dimoo.diffusion;

/// How far a second model agrees with the one that decodes a picture, asked at every step about the
/// same tokens with the same random numbers. Immutable.
///
/// @param decisions tokens that the first model decided
/// @param otherOrder of these, those that the second would not have decided in that step
/// @param otherToken of these, those that the second would have decided in that step as another
///   token
/// @param rows of logits that both computed: positions, steps and branches of guidance
/// @param cosines sum over the rows of the cosine between the logits of both, less each row's mean,
///   which no probability depends on
/// @param leastCosine of all rows; 1 where there are none
public record Agreement(
    long decisions,
    long otherOrder,
    long otherToken,
    long rows,
    double cosines,
    double leastCosine) {

  /// Of nothing.
  public static final Agreement NONE = new Agreement(0, 0, 0, 0, 0, 1);

  /// Of both together.
  public Agreement plus(Agreement other) {
    return new Agreement(
        decisions + other.decisions,
        otherOrder + other.otherOrder,
        otherToken + other.otherToken,
        rows + other.rows,
        cosines + other.cosines,
        Math.min(leastCosine, other.leastCosine));
  }

  /// The share of the decisions that differ, in order or token; 0 where there are none.
  public double different() {
    return orderShare() + tokenShare();
  }

  /// The share of the decisions that differ in order.
  public double orderShare() {
    return decisions == 0 ? 0 : (double) otherOrder / decisions;
  }

  /// The share of the decisions that differ in the token.
  public double tokenShare() {
    return decisions == 0 ? 0 : (double) otherToken / decisions;
  }

  /// The mean cosine; 1 where there are no rows.
  public double cosine() {
    return rows == 0 ? 1 : cosines / rows;
  }
}
