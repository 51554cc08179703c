package ai.dimoo.parity;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.prompt.SpecialTokenReader;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.torch.Weights;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch.ScalarType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A folder of recorded numbers and the checkpoint that they were computed with. Close it after the
/// models that it makes.
public final class ReferenceFolder implements AutoCloseable {

  private final Path path;
  private final Checkpoint checkpoint;
  private final SpecialTokens special;

  private ReferenceFolder(Path path, Checkpoint checkpoint, SpecialTokens special) {
    this.path = path;
    this.checkpoint = checkpoint;
    this.special = special;
  }

  /// @throws UserException if it is not a folder of this layout
  public static ReferenceFolder open(Path path) {
    for (String needed : List.of("checkpoint", "layout.json", "cases.json")) {
      if (!Files.exists(path.resolve(needed))) {
        throw new UserException(
            "No "
                + needed
                + " in "
                + path
                + ", which is expected to be a folder of recorded reference results.");
      }
    }
    SpecialTokens special = SpecialTokenReader.ofLayout(path.resolve("layout.json"));
    return new ReferenceFolder(path, Checkpoint.open(path.resolve("checkpoint")), special);
  }

  /// The checkpoint that all was computed with.
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /// Its special tokens.
  public SpecialTokens special() {
    return special;
  }

  /// The shape of its transformer.
  public TransformerConfig config() {
    return TransformerConfig.of(checkpoint);
  }

  /// The transformer in this format, whatever the files hold.
  public Transformer transformer(ScalarType type) {
    Weights weights = (name, shape) -> checkpoint.weights().tensor(name, shape).to(type);
    return new Transformer(config(), weights, Attention.FUSED);
  }

  /// Whether there is a file of this name.
  public boolean has(String file) {
    return Files.exists(path.resolve(file));
  }

  /// Where a file of this name lies.
  public Path file(String name) {
    return path.resolve(name);
  }

  /// Opens a safetensors file; the caller closes it.
  public SafetensorsFile tensors(String file) {
    return SafetensorsFile.open(path.resolve(file));
  }

  /// Reads a JSON file.
  public JsonNode json(String file) {
    try {
      return JsonMapper.shared().readTree(path.resolve(file));
    } catch (JacksonException e) {
      throw new UserException(path.resolve(file) + " cannot be read as JSON.", e);
    }
  }

  /// The names of the files in a folder of it, sorted; none where there is no such folder.
  public List<String> list(String folder) {
    Path listed = path.resolve(folder);
    if (!Files.isDirectory(listed)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(listed)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot list " + listed + ": " + FileFaults.reason(e) + ".", e);
    }
  }

  @Override
  public void close() {
    checkpoint.close();
  }
}
