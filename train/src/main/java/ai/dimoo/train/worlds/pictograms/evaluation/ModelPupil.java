package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.Dimoo;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.torch.EngineThread;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.vq.VqCodec;

/// A model from a folder, as a pupil. Thread-safe; whoever opened it closes it, and the model after
/// it.
public final class ModelPupil implements Pupil, AutoCloseable {

  private final Dimoo dimoo;
  private final VqCodec vq;
  private final EngineThread vqThread;

  /// @param dimoo draws and answers; not closed by this
  /// @param checkpoint of the same model; its VQ model is opened once more
  public ModelPupil(Dimoo dimoo, Checkpoint checkpoint) {
    this.dimoo = dimoo;
    vq = VqCodec.open(checkpoint, TorchDevice.CPU);
    vqThread = new EngineThread("vq", 1);
  }

  /// @throws UserException if it is not of a scene's size
  @Override
  public Picture picture(ImageRequest request) {
    return ofASceneSize(dimoo.generate(request).picture());
  }

  @Override
  public int sideBySide() {
    return dimoo.sideBySide();
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
    return vqThread.call(() -> vq.encode(picture.toPlanes(), picture.width(), picture.height()));
  }

  @Override
  public Picture decoded(int[] codes) {
    int tokens = Scene.SIDE / vq.config().pixelsPerCode();
    float[] planes = vqThread.call(() -> vq.decode(codes, tokens, tokens));
    return Picture.fromPlanes(planes, Scene.SIDE, Scene.SIDE);
  }

  @Override
  public void close() {
    vqThread.close();
    vq.close();
  }
}
