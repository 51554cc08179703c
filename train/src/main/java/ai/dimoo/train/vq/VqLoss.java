package ai.dimoo.train.vq;

import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
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

  /// How much the latents of equal tiles differ, in each dimension as a share of how much all
  /// latents differ in it, averaged over the dimensions: 0 if a tile's pixels alone decide its
  /// latent. A flat patch gets few codes that way, whatever lies beside it, which makes codes easy
  /// to predict. (One ratio for all dimensions would let a single wide one hide the others.)
  ///
  /// @param vectors [B·h·w, codeDim]
  static Tensor tileSpread(PictureBatch batch, Tensor vectors) {
    Tensor means = means(vectors, batch.tiles(), batch.tileCount()); // of each tile
    Tensor within = vectors.sub(means.index_select(0, batch.tiles())).square().mean(0); // [codeDim]
    Tensor total = means.sub(means.mean(0).unsqueeze(0)).square().mean(0); // [codeDim]
    return within.div(total.add(new Scalar(1e-6))).mean();
  }

  /// The mean of the vectors of each group, 0 where a group is empty.
  ///
  /// @param vectors [n, d]
  /// @param groups [n] int64, 0 … count − 1
  /// @return [count, d]
  static Tensor means(Tensor vectors, Tensor groups, long count) {
    TensorOptions float32 =
        new TensorOptions(ScalarType.Float).device(new DeviceOptional(vectors.device()));
    Tensor sums =
        torch.zeros(new long[] {count, vectors.size(1)}, float32).index_add(0, groups, vectors);
    Tensor counts =
        torch
            .zeros(new long[] {count}, float32)
            .index_add(0, groups, torch.ones(new long[] {vectors.size(0)}, float32));
    return sums.div(counts.clamp_min(new Scalar(1)).unsqueeze(1));
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
