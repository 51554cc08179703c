package ai.dimoo.train.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.train.source.Mix.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixTest {

  private final List<Integer> encodedAtOnce = new ArrayList<>();

  /// The code of a picture is the red of its first pixel.
  private final PictureEncoder encoder =
      pictures -> {
        encodedAtOnce.add(pictures.size());
        return pictures.stream()
            .map(picture -> new CodeGrid(1, 1, new int[] {picture.picture().rgb(0, 0) >> 16}))
            .toList();
      };

  @Test
  void kindsComeInTheirShares() {
    Mix mix = mix(part(1, 1, 0), part(2, 3, 0), part(3, 0, 0), part(4, 4, 0));
    int[] counts = new int[5];
    for (int step = 0; step < 200; step++) {
      mix.examples(step, Share.WHOLE).forEach(example -> counts[example.ids()[0]]++);
    }
    double all = Arrays.stream(counts).sum();
    assertThat(counts[1] / all).isCloseTo(1 / 8.0, within(0.02));
    assertThat(counts[2] / all).isCloseTo(3 / 8.0, within(0.02));
    assertThat(counts[3]).isZero();
  }

  @Test
  void everyExampleGetsTheCodesOfItsOwnPictures() {
    Mix mix = mix(part(1, 1, 0), part(2, 1, 2), part(3, 1, 1));
    for (TrainingExample example : mix.examples(5, Share.WHOLE)) {
      int[] ids = example.ids();
      assertThat(ids).hasSize(2 + (ids[0] == 1 ? 0 : ids[0] == 2 ? 2 : 1));
      for (int i = 2; i < ids.length; i++) {
        assertThat(ids[i]).isEqualTo(ids[1] + i - 2 & 0xff);
      }
    }
    assertThat(encodedAtOnce).hasSize(1);
  }

  @Test
  void examplesDependOnTheStepAlone() {
    List<String> first = shown(mix(part(1, 1, 1), part(2, 1, 0)), 7, Share.WHOLE);
    Mix mix = mix(part(1, 1, 1), part(2, 1, 0));
    assertThat(shown(mix, 8, Share.WHOLE)).isNotEqualTo(first);
    assertThat(shown(mix, 7, Share.WHOLE)).isEqualTo(first);
  }

  @Test
  void sharesTogetherAreTheBatch() {
    Mix mix = mix(part(1, 1, 1), part(2, 1, 0));
    List<String> whole = shown(mix, 7, Share.WHOLE);
    for (int rank = 0; rank < 3; rank++) {
      List<String> share = shown(mix, 7, new Share(rank, 3));
      for (int i = 0; i < share.size(); i++) {
        assertThat(share.get(i)).isEqualTo(whole.get(3 * i + rank));
      }
      assertThat(share).hasSize(rank == 0 ? 14 : 13);
    }
    assertThatThrownBy(() -> mix.examples(7, new Share(0, 41)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("40 examples a step are too few for 41 ranks");
  }

  @Test
  void sharesThatMakeNoMixAreRefused() {
    assertThatThrownBy(() -> mix(part(1, 0, 0))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> part(1, -1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> shown(Mix mix, long step, Share share) {
    return mix.examples(step, share).stream().map(e -> Arrays.toString(e.ids())).toList();
  }

  private Mix mix(Part... parts) {
    return new Mix(List.of(parts), encoder, 40, 9);
  }

  /// Examples that hold their kind's number, a random number and the codes of pictures that follow
  /// from it.
  private static Part part(int kind, double share, int pictures) {
    return new Part(
        "kind " + kind,
        share,
        (step, random) -> {
          int number = random.nextInt(256);
          List<Layered> all = new ArrayList<>();
          for (int i = 0; i < pictures; i++) {
            all.add(Layered.of(Picture.filled(new Size(1, 1), (number + i & 0xff) << 16)));
          }
          return new Draft(
              all,
              codes -> {
                int[] ids = new int[2 + codes.size()];
                ids[0] = kind;
                ids[1] = number;
                for (int i = 0; i < codes.size(); i++) {
                  ids[2 + i] = codes.get(i).code(0, 0);
                }
                return new TrainingExample(ids, ids);
              });
        });
  }
}
