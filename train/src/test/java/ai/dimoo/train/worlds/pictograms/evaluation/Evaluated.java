package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Sampling;
import ai.dimoo.train.worlds.pictograms.judge.AllThings;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.Arrays;
import java.util.stream.IntStream;

/// What tests of evaluations evaluate with.
final class Evaluated {

  /// A model that was never trained: always the same grey, always the same word.
  static final Pupil UNTRAINED =
      new Pupil() {
        @Override
        public Picture picture(ImageRequest request) {
          return decoded(new int[64]);
        }

        @Override
        public String answer(Ask question) {
          return "purple";
        }

        @Override
        public int[] codes(Picture picture) {
          return IntStream.range(0, 64).map(i -> i % 3).toArray();
        }

        @Override
        public Picture decoded(int[] codes) {
          return filled(0x70);
        }

        @Override
        public Picture roundTrip(Picture picture) {
          return picture; // so that what it could reach is known
        }
      };

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
