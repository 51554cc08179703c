package ai.dimoo.checkpoint;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.Fault;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.Shown;
import ai.dimoo.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.JsonNode;

/// Writes a copy of a checkpoint whose transformer has other weights; all else is as it was. It is
/// there whole or not at all, and no more than one tensor is in memory at a time.
///
/// Use it from one platform thread.
public final class CheckpointCopy {

  /// Follows the work; may throw to end it.
  @FunctionalInterface
  public interface Listener {
    /// @param written bytes of the copy's weights so far
    /// @param total of all
    void onProgress(long written, long total);
  }

  private final Checkpoint source;
  private final Path target;
  private final Listener listener;
  private long written;
  private long total;

  private CheckpointCopy(Checkpoint source, Path target, Listener listener) {
    this.source = source;
    this.target = target;
    this.listener = listener;
  }

  /// Begins a copy.
  ///
  /// @param source stays the caller's to close
  /// @param target a folder that does not exist yet
  /// @throws UserException if the target exists, or the source lacks a file
  public static CheckpointCopy of(Checkpoint source, Path target, Listener listener) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserException(
          Fault.of("%s exists already.".formatted(target))
              .mend(Remedy.plain("name a folder that does not exist")));
    }
    requireWhole(source);
    return new CheckpointCopy(source, target, listener);
  }

  /// Begins a copy that takes the place of an earlier one.
  ///
  /// @param source stays the caller's to close
  /// @param target a folder that need not exist
  /// @throws UserException if the source lacks a file
  public static CheckpointCopy over(Checkpoint source, Path target) {
    requireWhole(source);
    return new CheckpointCopy(source, target, (written, total) -> {});
  }

  private static void requireWhole(Checkpoint source) {
    List<String> missing = CheckpointFiles.missing(source.directory());
    if (!missing.isEmpty()) {
      throw new UserException(
          Fault.of(
                  "%s is no whole checkpoint: no %s."
                      .formatted(source.directory(), String.join(", no ", missing)))
              .in("model")
              .mend(Remedy.download()));
    }
  }

  /// Writes it.
  ///
  /// @param config its config.json
  /// @param tensors all of the transformer's
  /// @throws EnvironmentException if it cannot be written: disk full, no permission
  public void write(JsonNode config, Map<String, TensorSource> tensors) {
    total = tensors.values().stream().mapToLong(TensorSource::bytes).sum();
    requireRoom();
    Map<String, TensorSource> told = new TreeMap<>();
    tensors.forEach((name, tensor) ->
        told.put(
            name,
            new TensorSource(tensor.dtype(), tensor.shape(), () -> told(tensor.numbers().get()))));
    CheckpointWriter writer = CheckpointWriter.to(target).transformerOf(config, told);
    others().forEach(name -> writer.copy(name, source.directory().resolve(name)));
    writer.write();
  }

  private Tensor told(Tensor tensor) {
    written += tensor.nbytes();
    listener.onProgress(written, total);
    return tensor;
  }

  /// So that a full disk is not met after minutes of work.
  private void requireRoom() {
    Path folder = target.toAbsolutePath().getParent();
    while (folder != null && !Files.isDirectory(folder)) {
      folder = folder.getParent();
    }
    try {
      long free = folder == null ? total : Files.getFileStore(folder).getUsableSpace();
      if (free < total) {
        throw new EnvironmentException(
            "Cannot write %s: its weights take %s, and %s are free on that disk. Free some space or choose another place."
                .formatted(target, Shown.bytes(total), Shown.bytes(free)));
      }
    } catch (IOException e) {
      // a file system that does not tell; writing will
    }
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
