package ai.dimoo.linear;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.CheckpointFiles;
import ai.dimoo.checkpoint.CheckpointWriter;
import ai.dimoo.checkpoint.TensorInfo;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.checkpoint.TensorSource;
import ai.dimoo.checkpoint.WeightFiles;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.Fault;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.node.ObjectNode;

/// Writes a copy of a checkpoint whose blocks' matrices are held in few bits. It is there whole or
/// not at all, and no more than one matrix is in memory at a time.
///
/// In the copy a matrix keeps its name, and its scales stand beside it ({@link
/// TensorNames#scales}); `config.json` names the format. All else is as it was. Use it from a
/// platform thread.
public final class Quantiser {

  /// Follows the work; may throw to end it.
  @FunctionalInterface
  public interface Listener {
    /// @param written bytes of the copy's weights so far
    /// @param total of all
    void onProgress(long written, long total);
  }

  private final Checkpoint source;
  private final WeightFormat format;
  private final Listener listener;
  private long written;
  private long total;

  private Quantiser(Checkpoint source, WeightFormat format, Listener listener) {
    this.source = source;
    this.format = format;
    this.listener = listener;
  }

  /// Writes the copy.
  ///
  /// @param target a folder that does not exist yet
  /// @throws UserException if the target exists, or the source is not usable or quantised already
  /// @throws EnvironmentException if it cannot be written: disk full, no permission
  public static void write(Path source, Path target, WeightFormat format, Listener listener) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserException(
          Fault.of("%s exists already.".formatted(target))
              .mend(Remedy.plain("name a folder that does not exist")));
    }
    try (Checkpoint opened = Checkpoint.open(source)) {
      WeightFormat stored = WeightFormat.stored(opened.config());
      if (stored != null) {
        throw new UserException(
            Fault.of("%s is quantised already: its weights are in %s.".formatted(source, stored))
                .in("model")
                .mend(Remedy.plain("quantise the model that it was made of")));
      }
      List<String> missing = CheckpointFiles.missing(source);
      if (!missing.isEmpty()) {
        throw new UserException(
            Fault.of(
                    "%s is no whole checkpoint: no %s."
                        .formatted(source, String.join(", no ", missing)))
                .in("model")
                .mend(Remedy.download()));
      }
      new Quantiser(opened, format, listener).writeTo(target);
    }
  }

  private void writeTo(Path target) {
    Map<String, TensorSource> tensors = new TreeMap<>();
    WeightFiles weights = source.weights();
    weights.names().forEach(name -> add(tensors, weights.info(name)));
    if (tensors.size() == weights.names().size()) {
      throw new UserException(
          Fault.of("%s has no matrices of blocks to quantise.".formatted(source.directory()))
              .in("model")
              .mend(Remedy.giveAnother("model")));
    }
    total = tensors.values().stream().mapToLong(TensorSource::bytes).sum();
    requireRoom(target);
    ObjectNode config = source.config().json().deepCopy();
    format.writeTo(config);
    CheckpointWriter writer = CheckpointWriter.to(target).transformerOf(config, tensors);
    others().forEach(name -> writer.copy(name, source.directory().resolve(name)));
    writer.write();
  }

  /// So that a full disk is not met after minutes of work.
  private void requireRoom(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    while (folder != null && !Files.isDirectory(folder)) {
      folder = folder.getParent();
    }
    try {
      long free = folder == null ? total : Files.getFileStore(folder).getUsableSpace();
      if (free < total) {
        throw new EnvironmentException(
            "Cannot write %s: its weights take %.1f GB, and %.1f GB are free on that disk."
                .formatted(target, total / 1e9, free / 1e9));
      }
    } catch (IOException e) {
      // a file system that does not tell; writing will
    }
  }

  private void add(Map<String, TensorSource> tensors, TensorInfo info) {
    String name = info.name();
    boolean matrix = TensorNames.isMatrixInBlock(name) && info.shape().size() == 2;
    if (!matrix) {
      tensors.put(name, new TensorSource(info.dtype(), info.shape(), () -> plain(info)));
      return;
    }
    long out = info.shape().getFirst();
    long in = info.shape().getLast();
    format.requireGroups(name, in);
    tensors.put(
        name,
        new TensorSource(
            format.numbersDtype(),
            boxed(format.numbersShape(out, in)),
            () -> quantised(info, QuantisedWeight::numbers)));
    tensors.put(
        TensorNames.scales(name),
        new TensorSource(
            format.scalesDtype(),
            boxed(format.scalesShape(out, in)),
            () -> quantised(info, QuantisedWeight::scales)));
  }

  private Tensor plain(TensorInfo info) {
    return told(source.weights().tensor(info.name()));
  }

  /// A matrix's numbers and scales lie apart in the file, wide numbers first: it is quantised once
  /// for each, which reads the source twice and holds nothing in between.
  private Tensor quantised(TensorInfo info, Function<QuantisedWeight, Tensor> part) {
    Tensor plain = source.weights().get(info.name(), info.sizes());
    Tensor result = part.apply(QuantisedWeight.of(format, plain));
    source.weights().unload(info.name());
    return told(result);
  }

  private Tensor told(Tensor tensor) {
    written += tensor.nbytes();
    listener.onProgress(written, total);
    return tensor;
  }

  private static List<Long> boxed(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  /// The names of the checkpoint's other files.
  private List<String> others() {
    Path folder = source.directory();
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(CheckpointFiles::isNeeded)
          .filter(name -> !name.equals(Checkpoint.CONFIG))
          .filter(name -> !name.matches(Checkpoint.WEIGHTS + "(-\\d+-of-\\d+)?\\.safetensors.*"))
          .toList();
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read " + folder + ": " + FileFaults.reason(e) + ".", e);
    }
  }
}
