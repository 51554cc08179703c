package ai.dimoo.train.bench;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.CheckpointCopy;
import ai.dimoo.checkpoint.CheckpointWriter;
import ai.dimoo.checkpoint.TensorDtype;
import ai.dimoo.checkpoint.TensorSource;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.torch.WeightShapes;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.vq.VqConfig;
import ai.dimoo.vq.VqModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes a checkpoint of a shape, in bfloat16 and in shards, six as the published one has where it
/// has its shape, with numbers that mean nothing: to see how a model of that size is loaded,
/// converted and sampled.
///
/// Some millions of random numbers are repeated, and one tensor at a time is in memory.
public final class SyntheticCheckpoint {

  private static final int SHARDS = 6;

  /// Prime, so that rows of a matrix are not alike.
  private static final int NUMBERS = 4_194_301;

  private final Shape shape;
  private final CheckpointCopy.Listener listener;
  private final Map<String, TensorSource> tensors = new TreeMap<>();
  private long written;
  private long bytes;

  private SyntheticCheckpoint(Shape shape, CheckpointCopy.Listener listener) {
    this.shape = shape;
    this.listener = listener;
  }

  /// Writes it. Use it from a platform thread.
  ///
  /// @param target a folder that does not exist yet
  /// @param tokenizer a byte-level BPE `tokenizer.json`, as that of the pocket model
  /// @param listener told of each tensor of the transformer before it is written
  /// @throws UserException if the target exists
  /// @throws EnvironmentException if it cannot be written: disk full, no permission
  public static void write(
      Shape shape, Path target, Path tokenizer, CheckpointCopy.Listener listener) {
    if (Files.exists(target)) {
      throw new UserException(
          "There is a %s already; give a folder that does not exist yet.".formatted(target));
    }
    TorchRuntime.load();
    new SyntheticCheckpoint(shape, listener).write(target, tokenizer);
  }

  private void write(Path target, Path tokenizer) {
    VqConfig vq = shape.vq();
    try (PointerScope scope = new PointerScope();
        RandomWeights drawn = new RandomWeights(TorchDevice.CPU, Dtype.BFLOAT16);
        RandomWeights ofVq = new RandomWeights(TorchDevice.CPU, Dtype.FLOAT32)) {
      describe(drawn.get("numbers", 1, NUMBERS).flatten());
      new VqModel(vq, ofVq); // asks for all of its weights
      Path folder = Files.createTempDirectory("dimoo-tokenizer");
      Path words = folder.resolve(Checkpoint.TOKENIZER);
      try {
        SyntheticTokenizer.write(tokenizer, words, shape.config().vocabSize() - vq.codebookSize());
        CheckpointWriter.to(target)
            .transformerOf(shape.config().toJson(), tensors)
            .vq(vq.toJson(), ofVq.all())
            .generationConfig(generation())
            .tokenizer(words)
            .shardBytes(shardBytes())
            .write();
      } finally {
        Files.deleteIfExists(words);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write the checkpoint %s: %s.".formatted(target, FileFaults.reason(e)), e);
    }
  }

  private void describe(Tensor numbers) {
    WeightShapes.of(weights -> new Transformer(shape.config(), weights, Attention.FUSED).close())
        .forEach((name, size) -> tensors.put(name, source(numbers, name, size)));
    bytes = tensors.values().stream().mapToLong(TensorSource::bytes).sum();
  }

  private TensorSource source(Tensor numbers, String name, long[] size) {
    return new TensorSource(
        TensorDtype.BF16,
        Arrays.stream(size).boxed().toList(),
        () -> {
          listener.onProgress(written, bytes);
          written += tensors.get(name).bytes();
          return size.length == 1
              ? torch.ones(size, numbers.options())
              : repeated(numbers, name.hashCode(), size);
        });
  }

  /// @param begin says with which of the numbers it begins
  private static Tensor repeated(Tensor numbers, int begin, long[] size) {
    long first = Math.floorMod(begin, NUMBERS);
    long count = Arrays.stream(size).reduce(1, Math::multiplyExact);
    long times = (first + count + NUMBERS - 1) / NUMBERS;
    return numbers.repeat(times).narrow(0, first, count).view(size);
  }

  /// A little more than their share, as shards are filled with whole tensors.
  private long shardBytes() {
    return bytes / SHARDS + bytes / (SHARDS * 20);
  }

  private ObjectNode generation() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    int side = shape.layout().rows() * shape.vq().pixelsPerCode();
    return json.put("width", side).put("height", side);
  }
}
