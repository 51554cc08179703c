package ai.dimoo.langchain4j;

import ai.dimoo.Dimoo;
import ai.dimoo.ModelOptions;
import ai.dimoo.torch.Dtype;
import java.nio.file.Path;

/// The model that the tests use.
final class PocketModel {

  static final Path FOLDER = Path.of("../../models/pocket");

  private PocketModel() {}

  static Dimoo open() {
    return Dimoo.open(
        FOLDER, ModelOptions.DEFAULT.withDevice("cpu").withDtype(Dtype.FLOAT32).withThreads(1));
  }
}
