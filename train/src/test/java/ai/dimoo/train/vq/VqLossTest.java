package ai.dimoo.train.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.image.Picture;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.train.source.TrainingPicture;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Numbers that can be worked out by hand.
class VqLossTest {

  private PointerScope scope;

  @BeforeEach
  void open() {
    TorchRuntime.load();
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /// One row of four tiles of one pixel: black, black, white, black; the white one is foreground.
  private static PictureBatch batch() {
    byte[] rgb = new byte[12];
    for (int i = 6; i < 9; i++) {
      rgb[i] = (byte) 255;
    }
    boolean[] foreground = {false, false, true, false};
    TrainingPicture picture = new TrainingPicture(Picture.of(4, 1, rgb), foreground);
    return PictureBatch.of(List.of(picture), 1, new Device("cpu"));
  }

  @Test
  void tilesOfEqualPixelsHaveOneNumber() {
    assertThat(TensorArrays.ints(batch().tiles())).containsExactly(0, 0, 1, 0);
  }

  @Test
  void anErrorInTheForegroundCountsByItsWeight() {
    PictureBatch batch = batch();
    assertThat(VqLoss.reconstruction(batch, batch.pixels(), 7).item_double()).isZero();
    Tensor wrong = batch.pixels().clone();
    wrong.select(3, 2).fill_(new Scalar(0.5)); // squared 0.25, absolute 0.5
    double each = 0.25 + 0.2 * 0.5;
    assertThat(VqLoss.reconstruction(batch, wrong, 7).item_double())
        .isCloseTo(7 * each / 10, within(1e-6));
    assertThat(VqLoss.reconstruction(batch, wrong, 1).item_double())
        .isCloseTo(each / 4, within(1e-6));
  }

  @Test
  void theChoiceOfACodeIsTheSoftmaxOverNegativeSquaredDistances() {
    Tensor codebook = torch.tensor(0f, 1f, 3f).view(3, 1);
    Tensor vectors = torch.tensor(0f, 0f, 2f, 0f).view(4, 1);
    Tensor wanted = torch.tensor(new long[] {0, 0, 2, 0});
    double black = Math.log(1 + Math.exp(-1) + Math.exp(-9));
    double white = Math.log(Math.exp(-4) + Math.exp(-1) + Math.exp(-1)) + 1;
    // three black tiles weigh 1/√3 each
    double root = 1 / Math.sqrt(3);
    assertThat(VqLoss.codeChoice(batch(), vectors, codebook, wanted).item_double())
        .isCloseTo((3 * root * black + white) / (3 * root + 1), within(1e-5));
  }
}
