package ai.dimoo.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A model's folder again, by links, of which little differs.
public final class ModelCopy {

  /// What a model of six shapes says that it knows: four tasks, one size.
  private static final String SIX_SHAPES =
      """
      {"tasks": ["text_to_image", "inpaint", "retouch", "understanding"], "sizes": ["128x128"],
       "languages": ["English"], "things": [["circle", "circles"], ["square", "squares"],
         ["triangle", "triangles"], ["diamond", "diamonds"], ["cross", "crosses"],
         ["ring", "rings"]],
       "words": ["a", "and", "blue", "green", "left", "of", "red", "right", "the", "to", "two"]}
      """;

  private ModelCopy() {}

  /// One that does not say what it knows: nothing is refused for want of training.
  ///
  /// @param parent where it is made, under the name that it has
  /// @param original stays as it is
  public static Path unlimited(Path parent, Path original) throws IOException {
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
    Path model = unlimited(parent, original);
    Path sampling = model.resolve("generation_config.json");
    String text = Files.readString(sampling);
    Files.delete(sampling); // the link
    Files.writeString(sampling, text.replaceAll("(\"timesteps\" : )\\d+", "$12"));
    return model;
  }

  /// The same, which says that it knows six shapes and four tasks.
  public static Path ofSixShapes(Path parent, Path original) throws IOException {
    Path model = inTwoSteps(parent, original);
    Files.writeString(model.resolve("knowledge.json"), SIX_SHAPES);
    return model;
  }
}
