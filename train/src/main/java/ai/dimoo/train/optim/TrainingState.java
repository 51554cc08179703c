package ai.dimoo.train.optim;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.checkpoint.SafetensorsWriter;
import ai.dimoo.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/// Everything that a training run needs to go on as if it had never stopped, in one file: named
/// tensors (weights, moments, averages) and the number of steps taken. Random numbers are not part
/// of it: every draw of a step is a function of the run's seed and the step.
///
/// @param step steps taken
/// @param tensors by name; read and written in place, not owned
public record TrainingState(long step, Map<String, Tensor> tensors) {

  /// The state of weights and their optimiser.
  public static TrainingState of(long step, Parameters parameters, AdamW optimiser) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("weights", parameters.values());
    tensors.put("mean", optimiser.mean());
    tensors.put("mean_square", optimiser.meanSquare());
    return new TrainingState(step, tensors);
  }

  /// Writes the file, whole or not at all.
  public void write(Path file) {
    SafetensorsWriter.write(file, tensors, Map.of("step", Long.toString(step)));
  }

  /// Copies a file's tensors into this state's, if the file exists.
  ///
  /// @return the steps taken, 0 if there is no file
  /// @throws UserException if the file belongs to another model
  public long restore(Path file) {
    if (!Files.exists(file)) {
      return 0;
    }
    try (SafetensorsFile saved = SafetensorsFile.open(file);
        PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      tensors.forEach((name, tensor) -> {
        if (!saved.names().contains(name) || saved.tensor(name).numel() != tensor.numel()) {
          throw new UserException(
              file
                  + ": "
                  + name
                  + " is missing or not of "
                  + tensor.numel()
                  + " numbers: this run was begun with another recipe; remove it to begin anew");
        }
        tensor.copy_(saved.tensor(name));
      });
      return Long.parseLong(saved.metadata().get("step"));
    }
  }
}
