package ai.dimoo.checkpoint;

import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.Shown;
import ai.dimoo.error.UserException;
import ai.dimoo.torch.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// All weights of one model: a single safetensors file, or shards that an index file lists.
///
/// Opening reads headers only. The tensors that it gives lie on the files' read-only pages: never
/// write into one in place, and use none after {@link #close}. Safe to use from several threads;
/// whoever opened it closes it.
public final class WeightFiles implements Weights, AutoCloseable {

  private final Path directory;
  private final Map<String, SafetensorsFile> byTensor;
  private final Set<SafetensorsFile> files;

  private WeightFiles(
      Path directory, Map<String, SafetensorsFile> byTensor, Set<SafetensorsFile> files) {
    this.directory = directory;
    this.byTensor = byTensor;
    this.files = files;
  }

  /// Opens `<baseName>.safetensors` in `directory`, or, if there is none, the shards that
  /// `<baseName>.safetensors.index.json` lists.
  ///
  /// @param baseName `model` for the transformer, `diffusion_pytorch_model` in `vqvae/`
  /// @throws UserException if neither is there, or a file is missing or not usable
  public static WeightFiles open(Path directory, String baseName) {
    Path single = directory.resolve(baseName + ".safetensors");
    Path index = directory.resolve(baseName + ".safetensors.index.json");
    if (Files.isRegularFile(single)) {
      return openSingle(directory, single);
    }
    if (Files.isRegularFile(index)) {
      return openShards(directory, index);
    }
    throw new UserException(MissingWeights.in(directory, single, index));
  }

  private static WeightFiles openSingle(Path directory, Path file) {
    SafetensorsFile opened = SafetensorsFile.open(file);
    Map<String, SafetensorsFile> byTensor = new LinkedHashMap<>();
    opened.names().forEach(name -> byTensor.put(name, opened));
    return new WeightFiles(directory, byTensor, Set.of(opened));
  }

  private static WeightFiles openShards(Path directory, Path index) {
    ObjectNode root = JsonFiles.readObject(index);
    if (!(root.get("weight_map") instanceof ObjectNode weightMap)) {
      throw new UserException(
          index + " has no weight_map that names a shard for each tensor. Fetch it again.");
    }
    Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
    Map<String, SafetensorsFile> byTensor = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, JsonNode> entry : weightMap.properties()) {
        String shard = shardName(index, entry.getKey(), entry.getValue());
        SafetensorsFile file = shards.computeIfAbsent(shard, s -> openShard(directory, index, s));
        if (!file.names().contains(entry.getKey())) {
          throw new UserException(
              index
                  + " places tensor '"
                  + Shown.text(entry.getKey())
                  + "' in "
                  + shard
                  + ", which does not have it. Fetch both again.");
        }
        byTensor.put(entry.getKey(), file);
      }
    } catch (RuntimeException e) {
      shards.values().forEach(SafetensorsFile::close);
      throw e;
    }
    return new WeightFiles(directory, byTensor, Set.copyOf(shards.values()));
  }

  /// A shard lies beside its index: a name that leads elsewhere is refused.
  private static String shardName(Path index, String tensor, JsonNode value) {
    String name = value.isString() ? value.stringValue() : value.toString();
    boolean plain =
        value.isString()
            && name.endsWith(".safetensors")
            && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || c < ' ');
    if (!plain) {
      throw new UserException(
          index
              + " places tensor '"
              + Shown.text(tensor)
              + "' in '"
              + Shown.text(name)
              + "', expected the name of a .safetensors file beside the index.");
    }
    return name;
  }

  private static SafetensorsFile openShard(Path directory, Path index, String shard) {
    Path file = directory.resolve(shard);
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          Fault.of("No file %s, a shard that %s lists.".formatted(file, index.getFileName()))
              .in("model")
              .mend(Remedy.download()));
    }
    return SafetensorsFile.open(file);
  }

  /// The folder that the files lie in.
  public Path directory() {
    return directory;
  }

  /// The names of all tensors.
  public Set<String> names() {
    return Collections.unmodifiableSet(byTensor.keySet());
  }

  /// Whether there is a tensor of this name.
  public boolean has(String name) {
    return byTensor.containsKey(name);
  }

  /// What the files' headers say of a tensor.
  ///
  /// @throws UserException if there is none of this name
  public TensorInfo info(String name) {
    return fileOf(name).info(name);
  }

  /// The number of files that hold the tensors.
  public int fileCount() {
    return files.size();
  }

  /// Bytes of all tensors of all files.
  public long bytes() {
    return files.stream().mapToLong(SafetensorsFile::bytes).sum();
  }

  /// A tensor as it lies in its file, of whatever shape.
  ///
  /// @throws UserException if there is none of this name
  public Tensor tensor(String name) {
    return fileOf(name).tensor(name);
  }

  /// A tensor as it lies in its file, in whatever format it is stored.
  ///
  /// @param expectedShape what the model's config asks for
  /// @throws UserException if there is none of this name, or its shape is another
  public Tensor tensor(String name, long... expectedShape) {
    if (!hasShape(name, expectedShape)) {
      throw unexpected(name, Arrays.toString(expectedShape));
    }
    return fileOf(name).tensor(name);
  }

  /// A tensor as it lies in its file.
  ///
  /// @param dtype in which it must be stored
  /// @throws UserException if there is none of this name, or its shape or format is another
  public Tensor tensor(String name, TensorDtype dtype, long... expectedShape) {
    if (!hasShape(name, expectedShape) || info(name).dtype() != dtype) {
      throw unexpected(name, Arrays.toString(expectedShape) + " of " + dtype);
    }
    return fileOf(name).tensor(name);
  }

  /// A tensor that is to be written elsewhere as it lies in its file.
  ///
  /// @throws UserException if there is none of this name
  public TensorSource source(String name) {
    TensorInfo info = info(name);
    return new TensorSource(info.dtype(), info.shape(), () -> tensor(name));
  }

  /// Gives a tensor's pages back to the system, which reads them from the file again when they are
  /// next used.
  ///
  /// @throws UserException if there is none of this name
  public void unload(String name) {
    fileOf(name).unload(name);
  }

  /// A tensor to compute with as it is: of fractions, which any number format that a model computes
  /// in can hold. Integers would need to be told what they stand for.
  ///
  /// @throws UserException if there is none of this name, or its shape or format is another
  @Override
  public Tensor get(String name, long... shape) {
    if (!hasShape(name, shape) || !info(name).dtype().isFloatingPoint()) {
      throw unexpected(name, Arrays.toString(shape) + " of F32, BF16, F16 or F64");
    }
    return fileOf(name).tensor(name);
  }

  private boolean hasShape(String name, long... shape) {
    return Arrays.equals(info(name).sizes(), shape);
  }

  private UserException unexpected(String name, String expected) {
    SafetensorsFile file = fileOf(name);
    TensorInfo info = file.info(name);
    return new UserException(
        file.path()
            + ": tensor '"
            + Shown.text(name)
            + "' has shape "
            + info.shape()
            + " of "
            + info.dtype()
            + ", expected "
            + expected
            + ". The config and the weights do not belong together.");
  }

  private SafetensorsFile fileOf(String name) {
    SafetensorsFile file = byTensor.get(name);
    if (file == null) {
      throw new UserException(
          "No tensor '"
              + Shown.text(name)
              + "' in the weights in "
              + directory
              + ", which have "
              + byTensor.size()
              + " tensors. The config and the weights do not belong together.");
    }
    return file;
  }

  /// Unmaps the files. Their tensors must not be used any more.
  @Override
  public void close() {
    files.forEach(SafetensorsFile::close);
  }
}
