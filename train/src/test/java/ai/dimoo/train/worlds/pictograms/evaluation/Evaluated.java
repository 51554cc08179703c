package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.request.Sampling;
import ai.dimoo.train.worlds.pictograms.judge.AllThings;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.Arrays;

/// What tests of evaluations evaluate with.
final class Evaluated {

  private Evaluated() {}

  /// What was never shown of the things that are taught, judged by the world's judge.
  static Setting setting(Sampling sampling) {
    return new Setting(
        Things.load().taught(),
        AllThings.compositor(),
        AllThings.judge(),
        sampling,
        Split.HELD_OUT);
  }

  /// A picture of one grey.
  static Picture filled(int level) {
    byte[] rgb = new byte[3 * 128 * 128];
    Arrays.fill(rgb, (byte) level);
    return Picture.of(128, 128, rgb);
  }
}
