package ai.dimoo.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A model without what it says that it knows: nothing is refused for want of training.
public final class UnlimitedModel {

  private UnlimitedModel() {}

  /// Makes the model's folder.
  ///
  /// @param parent where it is made, under the name that it has
  /// @param original stays as it is
  public static Path in(Path parent, Path original) throws IOException {
    Path model = Files.createDirectory(parent.resolve(original.getFileName()));
    for (String file :
        List.of(
            "config.json",
            "generation_config.json",
            "model.safetensors",
            "tokenizer.json",
            "vqvae")) {
      Files.createSymbolicLink(model.resolve(file), original.resolve(file).toRealPath());
    }
    return model;
  }

  /// The same, which takes two steps where nothing else is asked for.
  public static Path inTwoSteps(Path parent, Path original) throws IOException {
    Path model = in(parent, original);
    Path sampling = model.resolve("generation_config.json");
    String text = Files.readString(sampling);
    Files.delete(sampling); // the link
    Files.writeString(sampling, text.replaceAll("(\"timesteps\" : )\\d+", "$12"));
    return model;
  }
}
