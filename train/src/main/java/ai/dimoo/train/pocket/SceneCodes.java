package ai.dimoo.train.pocket;

import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.train.vq.PictureBatch;
import ai.dimoo.train.worlds.shapes.Renderer;
import ai.dimoo.train.worlds.shapes.Scene;
import ai.dimoo.vq.VqModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The codes of scenes. Each scene is rendered and encoded once and then kept, 0.3 kB each.
///
/// Not thread-safe.
final class SceneCodes {

  private final VqModel vq;
  private final ScalarType type;
  private final Device device;
  private final Map<Scene, CodeGrid> known = new HashMap<>();

  /// @param type the dtype of the VQ model's weights
  SceneCodes(VqModel vq, ScalarType type, Device device) {
    this.vq = vq;
    this.type = type;
    this.device = device;
  }

  /// The codes of scenes of one size, in their order.
  List<CodeGrid> of(List<Scene> scenes) {
    List<Scene> unknown = scenes.stream().filter(s -> !known.containsKey(s)).distinct().toList();
    if (!unknown.isEmpty()) {
      List<CodeGrid> grids = encode(unknown);
      for (int i = 0; i < unknown.size(); i++) {
        known.put(unknown.get(i), grids.get(i));
      }
    }
    return scenes.stream().map(known::get).toList();
  }

  private List<CodeGrid> encode(List<Scene> scenes) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      Tensor pixels = PictureBatch.pixels(scenes.stream().map(Renderer::render).toList());
      Tensor codes = vq.nearestCodes(vq.encode(pixels.to(device, type))); // [B, h, w]
      int rows = (int) codes.size(1);
      int columns = (int) codes.size(2);
      int[] all = TensorArrays.ints(codes);
      int each = rows * columns;
      List<CodeGrid> grids = new ArrayList<>();
      for (int from = 0; from < all.length; from += each) {
        grids.add(new CodeGrid(rows, columns, Arrays.copyOfRange(all, from, from + each)));
      }
      return grids;
    }
  }
}
