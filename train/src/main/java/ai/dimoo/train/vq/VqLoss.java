package ai.dimoo.train.vq;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The losses of the VQ model.
final class VqLoss {

  private VqLoss() {}

  /// The mean of squared and absolute error, the foreground weighted: without the weight the
  /// background fills the loss and colours are lost while it looks small.
  ///
  /// @param decoded [B, 3, H, W]
  static Tensor reconstruction(PictureBatch batch, Tensor decoded, double foregroundWeight) {
    Tensor error = decoded.to(ScalarType.Float).sub(batch.pixels());
    Tensor weight =
        batch.foreground().mul(new Scalar(foregroundWeight - 1)).add(new Scalar(1)); // [B, 1, H, W]
    Tensor sum = error.square().add(error.abs().mul(new Scalar(0.2))).mul(weight).sum();
    return sum.div(weight.sum().mul(new Scalar(3)));
  }

  /// How unsure it is that the nearest code of each latent is the wanted one: the cross-entropy of
  /// a softmax over negative squared distances. It draws latents to their codes and pushes codes
  /// apart until a squared distance of several units lies between them. Tiles weigh by the root of
  /// how rare they are in the batch.
  ///
  /// @param vectors [B·h·w, codeDim]
  /// @param codebook [codes, codeDim]
  /// @param wanted [B·h·w] int64
  static Tensor codeChoice(PictureBatch batch, Tensor vectors, Tensor codebook, Tensor wanted) {
    // −‖z − e‖² without ‖z‖², which is the same for every code
    Tensor nearness =
        vectors
            .matmul(codebook.t())
            .mul(new Scalar(2))
            .sub(codebook.square().sum(1).unsqueeze(0)); // [B·h·w, codes]
    Tensor chosen = torch.log_softmax(nearness, 1).gather(1, wanted.unsqueeze(1)).squeeze(1);
    Tensor weights =
        torch.bincount(batch.tiles()).to(ScalarType.Float).rsqrt().index_select(0, batch.tiles());
    return chosen.mul(weights).sum().neg().div(weights.sum());
  }
}
