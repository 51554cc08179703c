package ai.dimoo.langchain4j;

import ai.dimoo.Dimoo;
import ai.dimoo.ModelOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the builders of all models take the model from: one that is open, or a folder. Not
/// thread-safe.
///
/// @param <B> the builder itself
public abstract sealed class ModelBuilder<B extends ModelBuilder<B>>
    permits DimooImageModel.Builder, ChatModelBuilder {

  private @Nullable Dimoo dimoo;
  private @Nullable Path directory;
  private ModelOptions options = ModelOptions.DEFAULT;

  ModelBuilder() {}

  abstract B self();

  /// Uses a model that is open. It stays open when what is built is closed, so that several can
  /// share it.
  public B dimoo(Dimoo dimoo) {
    this.dimoo = dimoo;
    return self();
  }

  /// Opens the checkpoint in this folder. It is closed when what is built is closed.
  public B model(Path directory) {
    this.directory = directory;
    return self();
  }

  /// Device, number format and threads, for {@link #model}; if not called, what suits this machine.
  public B options(ModelOptions options) {
    this.options = options;
    return self();
  }

  OpenedModel open() {
    if (dimoo != null && directory == null) {
      return new OpenedModel(dimoo, false);
    }
    if (dimoo == null && directory != null) {
      return new OpenedModel(Dimoo.open(directory, options), true);
    }
    throw new IllegalStateException(
        "The builder needs either dimoo(…), which is open, or model(…), a folder; it has "
            + (dimoo == null ? "neither." : "both."));
  }
}
