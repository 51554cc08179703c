package ai.dimoo.spark;

import ai.dimoo.ModelOptions;
import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.transformer.TransformerConfig;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/// Where every machine of a cluster finds a model, and on what it computes there. Only these words
/// travel; the weights are mapped from the folder. Immutable.
///
/// @param folder of the checkpoint, under the same path on every machine
/// @param device as {@link ModelOptions#device}; `auto` is the graphics card that Spark gives the
///   task (`spark.task.resource.gpu.amount`), else what suits the machine
/// @param format as {@link ModelOptions#withFormat} reads it; null: what the device computes
///   fastest in
/// @param adapters in use, as {@link AdapterChoice#parse} reads them: `FOLDER` or `FOLDER:SCALE`,
///   the folders under the same path on every machine
public record SparkModel(
    String folder, String device, @Nullable String format, List<String> adapters)
    implements Serializable {

  /// Spark's name for graphics cards.
  private static final String GPU = "gpu";

  private static final String AUTO = "auto";

  /// Copies the list.
  public SparkModel {
    adapters = List.copyOf(adapters);
  }

  /// A model on what suits each machine.
  ///
  /// @param folder of the checkpoint, under the same path on every machine; a relative path begins
  ///   where the driver is
  public static SparkModel at(String folder) {
    return new SparkModel(Path.of(folder).toAbsolutePath().toString(), AUTO, null, List.of());
  }

  /// The same on another device.
  public SparkModel withDevice(String device) {
    return new SparkModel(folder, device, format, adapters);
  }

  /// The same, computing in another number format.
  public SparkModel withFormat(@Nullable String format) {
    return new SparkModel(folder, device, format, adapters);
  }

  /// The same with other adapters.
  public SparkModel withAdapters(List<String> adapters) {
    return new SparkModel(folder, device, format, adapters);
  }

  Path path() {
    return Path.of(folder);
  }

  /// What it is opened with by a task: no more threads than Spark counts processors for it
  /// (`spark.task.cpus`), and the card that Spark gave it.
  ///
  /// @throws ai.dimoo.error.UserException if the folder holds no usable model, or a word of this is
  ///   not usable
  ModelOptions options(TaskContext task) {
    ModelOptions options =
        ModelOptions.DEFAULT
            .withDevice(device(task))
            .withThreads(Math.min(task.cpus(), ModelOptions.usualThreads(width())))
            .withAdapters(adapters.stream().map(AdapterChoice::parse).toList());
    return format == null ? options : options.withFormat(format);
  }

  private String device(TaskContext task) {
    var cards = task.resourcesJMap().get(GPU);
    boolean chosen = device.equals(AUTO) && cards != null && cards.addresses().length > 0;
    return chosen ? "cuda:" + cards.addresses()[0] : device;
  }

  private int width() {
    try (Checkpoint checkpoint = Checkpoint.open(path())) {
      return TransformerConfig.of(checkpoint).dModel();
    }
  }
}
