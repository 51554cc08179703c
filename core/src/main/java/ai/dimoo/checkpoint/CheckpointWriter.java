package ai.dimoo.checkpoint;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a checkpoint folder in the published layout (see {@link Checkpoint}).
///
/// Everything is first written to a hidden folder beside the target. A new folder then appears at
/// once; in one that exists, files of the same name are replaced, config.json last, weight files of
/// an earlier checkpoint are removed, its shortcut network too, and all other files are kept: a VQ
/// model as well, if none is given here. Not thread-safe.
public final class CheckpointWriter {

  /// Above this many bytes the transformer's weights are split into shards, unless said otherwise:
  /// the 5 GB that Hugging Face libraries use.
  public static final long SHARD_BYTES = 5_000_000_000L;

  private static final Map<String, String> METADATA = Map.of("format", "pt");

  private final Path directory;
  private long shardBytes = SHARD_BYTES;
  private @Nullable JsonNode config;
  private Map<String, TensorSource> weights = Map.of();
  private @Nullable JsonNode vqConfig;
  private Map<String, TensorSource> vqWeights = Map.of();
  private final Map<String, Path> copies = new TreeMap<>();
  private @Nullable JsonNode generationConfig;
  private @Nullable JsonNode knowledge;

  private CheckpointWriter(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /// Begins a checkpoint in `directory`, which need not exist.
  public static CheckpointWriter to(Path directory) {
    return new CheckpointWriter(directory);
  }

  /// The transformer: its config.json and its tensors by published name. Needed.
  public CheckpointWriter transformer(JsonNode config, Map<String, Tensor> weights) {
    return transformerOf(config, sources(weights));
  }

  /// The same for tensors that are made when their turn comes, one at a time.
  public CheckpointWriter transformerOf(JsonNode config, Map<String, TensorSource> weights) {
    this.config = config;
    this.weights = weights;
    return this;
  }

  /// The VQ model: vqvae/config.json and its tensors by Diffusers' names. Left out if not called.
  public CheckpointWriter vq(JsonNode config, Map<String, Tensor> weights) {
    this.vqConfig = config;
    this.vqWeights = sources(weights);
    return this;
  }

  /// A tokenizer.json to copy. Left out if not called.
  public CheckpointWriter tokenizer(Path file) {
    return copy(Checkpoint.TOKENIZER, file);
  }

  /// A file to copy as it is.
  ///
  /// @param name in the checkpoint, such as `vqvae/config.json`
  public CheckpointWriter copy(String name, Path file) {
    copies.put(name, file);
    return this;
  }

  /// How the model samples best: generation_config.json. Left out if not called.
  public CheckpointWriter generationConfig(JsonNode config) {
    this.generationConfig = config;
    return this;
  }

  /// What the model can do and knows: knowledge.json. Left out if not called.
  public CheckpointWriter knowledge(JsonNode knowledge) {
    this.knowledge = knowledge;
    return this;
  }

  /// The most bytes of one weight file; a larger model is split. A single tensor above it still
  /// gets a file of its own.
  public CheckpointWriter shardBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("shardBytes must be positive, found " + bytes);
    }
    this.shardBytes = bytes;
    return this;
  }

  /// Writes it.
  ///
  /// @throws IllegalStateException if {@link #transformer} was not called
  /// @throws EnvironmentException if the folder cannot be written: disk full, no permission
  public void write() {
    if (config == null) {
      throw new IllegalStateException("call transformer(config, weights) first");
    }
    Path staging = AtomicFile.temporaryBeside(directory);
    try {
      Files.createDirectories(staging);
      writeWeights(staging, Checkpoint.WEIGHTS, weights);
      if (vqConfig != null) {
        Path vq = staging.resolve(Checkpoint.VQ_DIRECTORY);
        writeWeights(vq, Checkpoint.VQ_WEIGHTS, vqWeights);
        JsonFiles.write(vq.resolve(Checkpoint.CONFIG), vqConfig);
      }
      for (Map.Entry<String, Path> copy : copies.entrySet()) {
        Path target = staging.resolve(copy.getKey());
        Files.createDirectories(target.getParent());
        Files.copy(copy.getValue(), target);
      }
      if (generationConfig != null) {
        JsonFiles.write(staging.resolve(Checkpoint.GENERATION_CONFIG), generationConfig);
      }
      if (knowledge != null) {
        JsonFiles.write(staging.resolve(Checkpoint.KNOWLEDGE), knowledge);
      }
      JsonFiles.write(staging.resolve(Checkpoint.CONFIG), config);
      publish(staging);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write the checkpoint " + directory + ": " + FileFaults.reason(e) + ".", e);
    } finally {
      deleteFolder(staging);
    }
  }

  private static Map<String, TensorSource> sources(Map<String, Tensor> tensors) {
    Map<String, TensorSource> sources = new TreeMap<>();
    tensors.forEach((name, tensor) -> sources.put(name, TensorSource.of(tensor)));
    return sources;
  }

  private void writeWeights(Path folder, String baseName, Map<String, TensorSource> tensors) {
    List<Map<String, TensorSource>> shards = split(tensors);
    if (shards.size() == 1) {
      SafetensorsWriter.writeSources(
          folder.resolve(baseName + ".safetensors"), shards.getFirst(), METADATA);
      return;
    }
    ObjectNode index = JsonFiles.newObject();
    long total = tensors.values().stream().mapToLong(TensorSource::bytes).sum();
    index.putObject("metadata").put("total_size", total);
    ObjectNode weightMap = index.putObject("weight_map");
    for (int i = 0; i < shards.size(); i++) {
      String name = "%s-%05d-of-%05d.safetensors".formatted(baseName, i + 1, shards.size());
      SafetensorsWriter.writeSources(folder.resolve(name), shards.get(i), METADATA);
      shards.get(i).keySet().forEach(tensor -> weightMap.put(tensor, name));
    }
    JsonFiles.write(folder.resolve(baseName + ".safetensors.index.json"), index);
  }

  /// Fills shards one after the other, in the order of the tensors' names.
  private List<Map<String, TensorSource>> split(Map<String, TensorSource> tensors) {
    List<Map<String, TensorSource>> shards = new ArrayList<>();
    Map<String, TensorSource> shard = new LinkedHashMap<>();
    long bytes = 0;
    for (Map.Entry<String, TensorSource> entry : new TreeMap<>(tensors).entrySet()) {
      long more = entry.getValue().bytes();
      if (!shard.isEmpty() && bytes + more > shardBytes) {
        shards.add(shard);
        shard = new LinkedHashMap<>();
        bytes = 0;
      }
      shard.put(entry.getKey(), entry.getValue());
      bytes += more;
    }
    shards.add(shard);
    return shards;
  }

  private void publish(Path staging) throws IOException {
    if (!Files.exists(directory)) {
      Files.move(staging, directory);
      return;
    }
    // Without config.json the folder is no checkpoint: nobody reads a mixture if we are killed
    // here.
    Files.deleteIfExists(directory.resolve(Checkpoint.CONFIG));
    removeWeights(directory, Checkpoint.WEIGHTS);
    removeWeights(directory, Checkpoint.SHORTCUT); // made for the weights before
    Files.deleteIfExists(directory.resolve(Checkpoint.PUBLISHED_SHORTCUT));
    if (vqConfig != null) {
      removeWeights(directory.resolve(Checkpoint.VQ_DIRECTORY), Checkpoint.VQ_WEIGHTS);
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(staging)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    Path last = staging.resolve(Checkpoint.CONFIG);
    for (Path file : files) {
      if (!file.equals(last)) {
        moveInto(staging, file);
      }
    }
    moveInto(staging, last);
  }

  private void moveInto(Path staging, Path file) throws IOException {
    Path target = directory.resolve(staging.relativize(file));
    Files.createDirectories(target.getParent());
    AtomicFile.move(file, target);
  }

  private static void removeWeights(Path folder, String baseName) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> old;
    try (Stream<Path> list = Files.list(folder)) {
      old =
          list.filter(file ->
                  file.getFileName()
                      .toString()
                      .matches(baseName + "(-\\d{5}-of-\\d{5})?\\.safetensors(\\.index\\.json)?"))
              .toList();
    }
    for (Path file : old) {
      Files.delete(file);
    }
  }

  private static void deleteFolder(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.sorted((a, b) -> b.getNameCount() - a.getNameCount()).forEach(AtomicFile::deleteQuietly);
    } catch (IOException e) {
      // Only a left-over temporary folder; the failure that led here is the one to report.
    }
  }
}
