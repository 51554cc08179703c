package ai.dimoo;

import ai.dimoo.ModelMemory.Work;
import ai.dimoo.diffusion.FeatureRun;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.ModelRunner;
import ai.dimoo.error.UserException;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.torch.Dtype;
import ai.dimoo.transformer.ShortcutNetwork;
import ai.dimoo.transformer.TransformerConfig;
import java.nio.file.Path;

/// An opened model that shows how it samples, for a shortcut network to learn from.
///
/// Not thread-safe: opened, used and closed on one platform thread, on which LibTorch computes with
/// as many threads as the options say. Close it after every run of it.
public final class ShortcutTeacher implements AutoCloseable {

  private final LoadedModel model;
  private final ModelRunner runner;

  private ShortcutTeacher(LoadedModel model) {
    this.model = model;
    runner = model.sampler.model();
  }

  /// Opens a checkpoint as {@link Dimoo#open} does.
  ///
  /// @throws UserException if it is not usable
  /// @throws ai.dimoo.error.EnvironmentException if there is no memory for it
  public static ShortcutTeacher open(Path directory, ModelOptions options) {
    return new ShortcutTeacher(LoadedModel.open(directory, options));
  }

  /// The shape of its transformer.
  public TransformerConfig config() {
    return runner.transformer().config();
  }

  /// The number format in which its features are.
  public Dtype dtype() {
    return model.plan.dtype();
  }

  /// What it knows.
  public Knowledge knowledge() {
    return model.knowledge;
  }

  /// How it samples a request.
  ///
  /// @throws UserException if it cannot
  public ImageSamplerSettings settings(ImageRequest request) {
    return new RequestEncoder(model).encode(request).settings();
  }

  /// Begins a picture.
  ///
  /// @return the caller's to close
  /// @throws UserException if it cannot be made
  /// @throws ai.dimoo.error.EnvironmentException if there is no memory for it now
  public FeatureRun begin(ImageRequest request) {
    PictureSequence picture = new RequestEncoder(model).encode(request);
    Work work = model.work(picture.sequence(), picture.settings());
    model.requireMemory(work);
    return new FeatureRun(runner, model.special, picture.sequence(), picture.settings());
  }

  /// The model call with another shortcut network.
  ///
  /// @param network stays the caller's
  public ModelRunner with(ShortcutNetwork network) {
    return new ModelRunner(runner.transformer(), network);
  }

  @Override
  public void close() {
    model.close();
  }
}
