package ai.dimoo;

import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.adapter.Adapters;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.torch.OwnedParts;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A checkpoint that was looked at, see {@link Dimoo#check}. {@link #open} then reads its weights,
/// and none of its small files again.
///
/// Not thread-safe. Whoever got it closes it, whether it was opened or not.
public final class CheckedModel implements AutoCloseable {

  private final ModelOptions options;
  private final OwnedParts opened = new OwnedParts();
  private @Nullable ModelOutline outline; // null: the parts are an opened model's

  /// @param also adapters that must be usable besides those of the options
  CheckedModel(Path directory, ModelOptions options, List<AdapterChoice> also) {
    this.options = options;
    try {
      outline = ModelOutline.of(directory, options, opened);
      List<AdapterChoice> all = Stream.concat(options.adapters().stream(), also.stream()).toList();
      try (Adapters adapters = Adapters.open(all, outline.device(), outline.plan().dtype())) {
        adapters.require(TensorNames.linears(outline.config().nLayers()));
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /// Opens the model, once.
  ///
  /// @return to be closed by the caller
  /// @throws ai.dimoo.error.UserException if its weights are not usable
  /// @throws ai.dimoo.error.EnvironmentException if the machine cannot: no memory
  /// @throws IllegalStateException if it was opened before, or is closed
  public Dimoo open() {
    return Dimoo.open(this::load);
  }

  private LoadedModel load() {
    ModelOutline seen = outline;
    if (seen == null) {
      throw new IllegalStateException("the model was opened before, or is closed");
    }
    outline = null;
    return new LoadedModel(seen, options, opened);
  }

  @Override
  public void close() {
    if (outline != null) {
      outline = null;
      opened.close();
    }
  }
}
