package ai.dimoo.checkpoint;

import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.torch.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A model's folder in the published layout:
///
/// ```
/// config.json  tokenizer.json
/// generation_config.json  knowledge.json, optional
/// model.safetensors, or model.safetensors.index.json and its shards
/// shortcut.safetensors or dimoo-shortcut.pth, optional
/// vqvae/config.json  vqvae/diffusion_pytorch_model.safetensors (or an index and shards)
/// ```
///
/// Weights are mapped into memory when they are first asked for. Safe to use from several threads;
/// whoever opened it closes it, after everything that uses its tensors.
public final class Checkpoint implements AutoCloseable {

  /// The transformer's configuration.
  public static final String CONFIG = "config.json";

  /// The tokenizer, in the format of Hugging Face tokenizers.
  public static final String TOKENIZER = "tokenizer.json";

  /// How the model samples best, optional.
  public static final String GENERATION_CONFIG = "generation_config.json";

  /// What the model can do and what it knows, optional.
  public static final String KNOWLEDGE = "knowledge.json";

  /// The folder of the VQ model.
  public static final String VQ_DIRECTORY = "vqvae";

  /// `<this>.safetensors` holds the transformer's weights.
  public static final String WEIGHTS = "model";

  /// `<this>.safetensors` holds the weights of a shortcut network, optional.
  public static final String SHORTCUT = "shortcut";

  /// The published shortcut network as it is published, for a folder without the file above.
  public static final String PUBLISHED_SHORTCUT = "dimoo-shortcut.pth";

  /// `<this>.safetensors` in the VQ model's folder holds its weights.
  public static final String VQ_WEIGHTS = "diffusion_pytorch_model";

  private final Path directory;
  private final ConfigFile config;
  private @Nullable ConfigFile vqConfig;
  private @Nullable WeightFiles weights;
  private @Nullable WeightFiles vqWeights;
  private final OwnedParts shortcuts = new OwnedParts();
  private @Nullable Weights shortcut;

  private Checkpoint(Path directory, ConfigFile config) {
    this.directory = directory;
    this.config = config;
  }

  /// Reads the configuration of the checkpoint in `directory`.
  ///
  /// @throws UserException if there is no such folder or no usable config.json in it
  public static Checkpoint open(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new UserException(absent("No folder " + directory + "."));
    }
    if (!Files.isRegularFile(directory.resolve(CONFIG))) {
      throw missing(directory, CONFIG);
    }
    return new Checkpoint(directory, ConfigFile.open(directory.resolve(CONFIG)));
  }

  /// The folder.
  public Path directory() {
    return directory;
  }

  /// The transformer's configuration, config.json.
  public ConfigFile config() {
    return config;
  }

  /// The transformer's weights.
  ///
  /// @throws UserException if they are missing or not usable
  public synchronized WeightFiles weights() {
    if (weights == null) {
      weights = WeightFiles.open(directory, WEIGHTS);
    }
    return weights;
  }

  /// Whether the folder has a VQ model.
  public boolean hasVq() {
    return Files.isRegularFile(directory.resolve(VQ_DIRECTORY).resolve(CONFIG));
  }

  /// The VQ model's configuration, vqvae/config.json.
  ///
  /// @throws UserException if it is missing or not usable
  public synchronized ConfigFile vqConfig() {
    if (vqConfig == null) {
      if (!hasVq()) {
        throw missing(directory, VQ_DIRECTORY + "/" + CONFIG);
      }
      vqConfig = ConfigFile.open(directory.resolve(VQ_DIRECTORY).resolve(CONFIG));
    }
    return vqConfig;
  }

  /// The VQ model's weights.
  ///
  /// @throws UserException if they are missing or not usable
  public synchronized WeightFiles vqWeights() {
    if (vqWeights == null) {
      vqWeights = WeightFiles.open(directory.resolve(VQ_DIRECTORY), VQ_WEIGHTS);
    }
    return vqWeights;
  }

  /// Whether the folder has a shortcut network.
  public boolean hasShortcut() {
    return hasOwnShortcut() || Files.isRegularFile(directory.resolve(PUBLISHED_SHORTCUT));
  }

  private boolean hasOwnShortcut() {
    return Files.isRegularFile(directory.resolve(SHORTCUT + ".safetensors"));
  }

  /// The shortcut network's weights.
  ///
  /// @throws UserException if they are missing or not usable
  public synchronized Weights shortcut() {
    if (shortcut == null) {
      boolean published = !hasOwnShortcut() && hasShortcut();
      shortcut =
          published
              ? shortcuts.own(PickledTensors.open(directory.resolve(PUBLISHED_SHORTCUT)))
              : shortcuts.own(WeightFiles.open(directory, SHORTCUT));
    }
    return shortcut;
  }

  /// Whether the folder has a tokenizer.
  public boolean hasTokenizer() {
    return Files.isRegularFile(directory.resolve(TOKENIZER));
  }

  /// The path of tokenizer.json.
  ///
  /// @throws UserException if it is missing
  public Path tokenizer() {
    if (!hasTokenizer()) {
      throw missing(directory, TOKENIZER);
    }
    return directory.resolve(TOKENIZER);
  }

  /// The model's own sampling settings, generation_config.json; without a field if there is none.
  ///
  /// @throws UserException if it is not usable
  public ConfigFile generationConfig() {
    return readIfPresent(GENERATION_CONFIG);
  }

  /// What the model can do and what it knows, knowledge.json; without a field if there is none.
  ///
  /// @throws UserException if it is not usable
  public ConfigFile knowledge() {
    return readIfPresent(KNOWLEDGE);
  }

  private ConfigFile readIfPresent(String name) {
    Path file = directory.resolve(name);
    return Files.exists(file) ? ConfigFile.open(file) : new ConfigFile(file, JsonFiles.newObject());
  }

  private static UserException missing(Path directory, String file) {
    return new UserException(absent("No " + file + " in " + directory + "."));
  }

  /// Something that is not there, and could be had.
  static Fault absent(String what) {
    return Fault.of(what).in("model").mend(Remedy.download()).mend(Remedy.giveAnother("model"));
  }

  /// Unmaps the weights. No tensor of theirs must be used any more.
  @Override
  public synchronized void close() {
    if (weights != null) {
      weights.close();
    }
    if (vqWeights != null) {
      vqWeights.close();
    }
    shortcuts.close();
  }
}
