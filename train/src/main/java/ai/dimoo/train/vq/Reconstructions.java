package ai.dimoo.train.vq;

import ai.dimoo.image.ContactSheet;
import ai.dimoo.image.Picture;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.train.shapes.Renderer;
import ai.dimoo.train.shapes.Scene;
import ai.dimoo.vq.VqModel;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// What a VQ model makes of scenes: pictures to compare with the originals.
///
/// @param originals the rendered scenes
/// @param decoded the same after encoding, choosing codes and decoding
/// @param objects for each scene, which pixels lie in an object's box
public record Reconstructions(
    List<Picture> originals, List<Picture> decoded, List<boolean[]> objects) {

  /// Runs scenes of one size through the model.
  ///
  /// @param type the dtype of the model's weights
  /// @param device where they lie
  /// @param quantised false: decode the latents themselves, as a plain autoencoder
  public static Reconstructions of(
      VqModel model, ScalarType type, Device device, List<Scene> scenes, boolean quantised) {
    List<Picture> originals = scenes.stream().map(Renderer::render).toList();
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      Tensor latents = model.encode(PictureBatch.pixels(originals).to(device, type));
      Tensor decoded =
          quantised
              ? model.decodeVectors(model.lookUp(model.nearestCodes(latents)).to(type))
              : model.decodeVectors(latents);
      return new Reconstructions(
          originals, pictures(decoded), scenes.stream().map(Renderer::objectMask).toList());
    }
  }

  /// [B, 3, H, W] → B pictures
  private static List<Picture> pictures(Tensor pixels) {
    List<Picture> pictures = new ArrayList<>();
    for (long b = 0; b < pixels.size(0); b++) {
      float[] planes = TensorArrays.floats(pixels.narrow(0, b, 1));
      pictures.add(Picture.fromPlanes(planes, (int) pixels.size(3), (int) pixels.size(2)));
    }
    return pictures;
  }

  /// The peak signal-to-noise ratio over all pixels in objects' boxes, in decibels.
  public double objectPsnr() {
    double squared = 0;
    long count = 0;
    for (int i = 0; i < originals.size(); i++) {
      byte[] a = originals.get(i).toBytes();
      byte[] b = decoded.get(i).toBytes();
      boolean[] object = objects.get(i);
      for (int p = 0; p < object.length; p++) {
        for (int c = 0; object[p] && c < 3; c++) {
          int difference = (a[3 * p + c] & 0xff) - (b[3 * p + c] & 0xff);
          squared += difference * difference;
          count++;
        }
      }
    }
    return 10 * Math.log10(255.0 * 255.0 * count / squared);
  }

  /// Originals and, below each row of them, what was decoded.
  public Picture sheet(int columns) {
    List<Picture> cells = new ArrayList<>();
    for (int from = 0; from + columns <= originals.size(); from += columns) {
      cells.addAll(originals.subList(from, from + columns));
      cells.addAll(decoded.subList(from, from + columns));
    }
    return ContactSheet.of(cells, columns, 4, 2);
  }
}
