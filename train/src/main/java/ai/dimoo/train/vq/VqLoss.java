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

  /// The mean of squared and absolute error, object pixels weighted: without the weight the
  /// background fills the loss and colours are lost while it looks small.
  ///
  /// @param decoded [B, 3, H, W]
  static Tensor reconstruction(PictureBatch batch, Tensor decoded, double objectWeight) {
    Tensor error = decoded.to(ScalarType.Float).sub(batch.pixels());
    Tensor weight =
        batch.inObject().mul(new Scalar(objectWeight - 1)).add(new Scalar(1)); // [B, 1, H, W]
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
    Tensor means = tileMeans(batch, vectors);
    Tensor within = vectors.sub(means.index_select(0, batch.tiles())).square().mean(0); // [codeDim]
    Tensor total = means.sub(means.mean(0).unsqueeze(0)).square().mean(0); // [codeDim]
    return within.div(total.add(new Scalar(1e-6))).mean();
  }

  /// The mean latent of each tile: [B·h·w, codeDim] → [tileCount, codeDim]
  static Tensor tileMeans(PictureBatch batch, Tensor vectors) {
    TensorOptions float32 =
        new TensorOptions(ScalarType.Float).device(new DeviceOptional(vectors.device()));
    Tensor sums =
        torch
            .zeros(new long[] {batch.tileCount(), vectors.size(1)}, float32)
            .index_add(0, batch.tiles(), vectors);
    Tensor counts =
        torch
            .zeros(new long[] {batch.tileCount()}, float32)
            .index_add(0, batch.tiles(), torch.ones(new long[] {vectors.size(0)}, float32));
    return sums.div(counts.unsqueeze(1));
  }
}
