package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.Dimoo;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.vq.VqCodec;
import java.util.List;

/// A model from a folder, as a pupil. For one thread; whoever opened it closes it, and the model
/// after it.
public final class ModelPupil implements Pupil, AutoCloseable {

  private final Dimoo dimoo;
  private final VqCodec vq;

  /// @param dimoo draws and answers; not closed by this
  /// @param checkpoint of the same model; its VQ model is opened once more
  public ModelPupil(Dimoo dimoo, Checkpoint checkpoint) {
    this.dimoo = dimoo;
    vq = VqCodec.open(checkpoint, TorchDevice.CPU);
  }

  /// @throws UserException if it is not of a scene's size
  @Override
  public Picture picture(ImageRequest request) {
    return ofASceneSize(dimoo.generate(request).picture());
  }

  /// @throws UserException if one is not of a scene's size
  @Override
  public List<Picture> pictures(List<ImageRequest> requests) {
    return dimoo.generate(requests).stream()
        .map(generated -> ofASceneSize(generated.picture()))
        .toList();
  }

  private static Picture ofASceneSize(Picture picture) {
    if (picture.width() != Scene.SIDE || picture.height() != Scene.SIDE) {
      throw new UserException(
          "The model makes a picture of %s of one of %dx%d, so it cannot be scored on the world of pictograms: give another with --model."
              .formatted(picture.size(), Scene.SIDE, Scene.SIDE));
    }
    return picture;
  }

  @Override
  public String answer(Ask question) {
    return dimoo.ask(question).text();
  }

  @Override
  public int[] codes(Picture picture) {
    return vq.encode(picture.toPlanes(), picture.width(), picture.height());
  }

  @Override
  public Picture decoded(int[] codes) {
    int tokens = Scene.SIDE / vq.config().pixelsPerCode();
    return Picture.fromPlanes(vq.decode(codes, tokens, tokens), Scene.SIDE, Scene.SIDE);
  }

  @Override
  public void close() {
    vq.close();
  }
}
