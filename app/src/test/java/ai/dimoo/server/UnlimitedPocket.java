package ai.dimoo.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The pocket model without what it says that it knows: nothing is refused for want of training.
public final class UnlimitedPocket {

  private UnlimitedPocket() {}

  /// Makes the model's folder.
  ///
  /// @param parent where it is made
  public static Path in(Path parent) throws IOException {
    Path model = Files.createDirectory(parent.resolve("pocket"));
    for (String file :
        List.of(
            "config.json",
            "generation_config.json",
            "model.safetensors",
            "tokenizer.json",
            "vqvae")) {
      Files.createSymbolicLink(
          model.resolve(file), ServerFixture.POCKET.resolve(file).toRealPath());
    }
    return model;
  }
}
