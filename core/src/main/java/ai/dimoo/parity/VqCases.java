package ai.dimoo.parity;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.vq.VqConfig;
import ai.dimoo.vq.VqModel;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// `vq.safetensors`: a picture to latents to codes and back, and random codes to a picture.
final class VqCases implements ParityCases {

  private static final String FILE = "vq.safetensors";

  /// Float32, of pixels in 0..1 and of latents.
  private static final double BOUND = 1e-3;

  @Override
  public void check(ReferenceFolder folder, ParityReport report) {
    VqModel model =
        new VqModel(
            VqConfig.of(folder.checkpoint().vqConfig()),
            (name, shape) ->
                folder.checkpoint().vqWeights().tensor(name, shape).to(ScalarType.Float));
    try (SafetensorsFile file = folder.tensors(FILE)) {
      Tensor latents = model.encode(file.tensor("image"));
      report.absolute("vq.latents", latents, file.tensor("latents"), BOUND);
      Tensor indices = file.tensor("indices"); // [h, w]
      report.equal(
          "vq.indices", TensorArrays.ints(model.nearestCodes(latents)), TensorArrays.ints(indices));
      report.absolute(
          "vq.reconstruction",
          model.decode(indices.unsqueeze(0)),
          file.tensor("reconstruction"),
          BOUND);
      report.absolute(
          "vq.random_decoded",
          model.decode(file.tensor("random_codes").unsqueeze(0)),
          file.tensor("random_decoded"),
          BOUND);
    }
  }
}
