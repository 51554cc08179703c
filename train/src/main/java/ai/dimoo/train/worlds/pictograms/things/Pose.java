package ai.dimoo.train.worlds.pictograms.things;

/// How a person of our own drawing stands: where its joints are, in units of a 64th of its square,
/// seen from the front.
public enum Pose {
  STANDING(
      "standing",
      "站着的",
      arms(21, 29, 20, 38, 43, 29, 44, 38),
      legs(27, 49, 27, 60, 37, 49, 37, 60)),
  WAVING(
      "waving", "挥手的", arms(15, 19, 13, 8, 43, 29, 44, 38), legs(27, 49, 27, 60, 37, 49, 37, 60)),
  CHEERING(
      "cheering",
      "举起双手的",
      arms(18, 14, 16, 4, 46, 14, 48, 4),
      legs(27, 49, 27, 60, 37, 49, 37, 60)),
  ARMS_OUT(
      "with outstretched arms",
      "张开双臂的",
      arms(15, 21, 5, 21, 49, 21, 59, 21),
      legs(27, 49, 27, 60, 37, 49, 37, 60)),
  WALKING(
      "walking", "走路的", arms(19, 28, 13, 35, 44, 28, 50, 34), legs(23, 48, 16, 58, 42, 47, 45, 60)),
  JUMPING(
      "jumping", "跳跃的", arms(16, 17, 7, 11, 48, 17, 57, 11), legs(20, 47, 11, 56, 44, 47, 53, 56)),
  HANDS_ON_HIPS(
      "with hands on hips",
      "叉腰的",
      arms(14, 29, 25, 36, 50, 29, 39, 36),
      legs(26, 49, 24, 60, 38, 49, 40, 60));

  private final String words;
  private final String chinese;
  private final int[] arms;
  private final int[] legs;

  Pose(String words, String chinese, int[] arms, int[] legs) {
    this.words = words;
    this.chinese = chinese;
    this.arms = arms;
    this.legs = legs;
  }

  private static int[] arms(int... joints) {
    return joints;
  }

  private static int[] legs(int... joints) {
    return joints;
  }

  /// What follows "a person": `waving`, `with hands on hips`.
  public String words() {
    return words;
  }

  /// What precedes `人` in Chinese: `挥手的`.
  public String chinese() {
    return chinese;
  }

  /// The joints in the order of OpenPose's body model with 18 points: nose, neck, right shoulder,
  /// elbow, wrist, left shoulder, elbow, wrist, right hip, knee, ankle, left hip, knee, ankle,
  /// right eye, left eye, right ear, left ear. Right is the person's, so at the left of the
  /// picture.
  ///
  /// @return [18][2]: x and y of each, from 0 to 64
  public int[][] joints() {
    return new int[][] {
      {32, 11},
      {32, 20},
      {25, 21},
      {arms[0], arms[1]},
      {arms[2], arms[3]},
      {39, 21},
      {arms[4], arms[5]},
      {arms[6], arms[7]},
      {28, 38},
      {legs[0], legs[1]},
      {legs[2], legs[3]},
      {36, 38},
      {legs[4], legs[5]},
      {legs[6], legs[7]},
      {29, 9},
      {35, 9},
      {26, 10},
      {38, 10}
    };
  }
}
