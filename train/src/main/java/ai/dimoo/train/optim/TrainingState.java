package ai.dimoo.train.optim;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.checkpoint.SafetensorsWriter;
import ai.dimoo.checkpoint.TensorDtype;
import ai.dimoo.checkpoint.TensorSource;
import ai.dimoo.error.UserException;
import ai.dimoo.train.parallel.Ranks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/// Everything that a training needs to go on as if it had never stopped, in one safetensors file.
/// Each weight has a tensor of its own for each thing that is kept of it, named `KIND/NAME`, so
/// that a state outlives changes of the order in which the code holds weights; counts are in the
/// header. Random numbers are not part of it. Where several ranks train, the first writes, and each
/// reads.
public final class TrainingState {

  /// The count of steps taken.
  public static final String STEP = "step";

  /// The count of steps that the optimiser's moments remember: those of trainings that this one
  /// follows too, none of before its weights were all that was left.
  public static final String OPTIMISER_STEPS = "optimiser_steps";

  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Map<String, Kept> kinds = new LinkedHashMap<>();
  private final Ranks ranks;

  /// Of one process.
  public TrainingState() {
    this(Ranks.ALONE);
  }

  /// Of ranks that train together.
  public TrainingState(Ranks ranks) {
    this.ranks = ranks;
  }

  /// Adds a whole number.
  public TrainingState count(String name, long value) {
    counts.put(name, value);
    return this;
  }

  /// Adds a tensor for each weight.
  ///
  /// @param kind what of the weight it is: `weight`, `mean`, `average`
  /// @param named by the weights' names; read and written in place, not owned
  public TrainingState tensors(String kind, Map<String, Tensor> named) {
    return keep(kind, new Kept.Everywhere(named));
  }

  /// Adds what each rank may have a part of.
  ///
  /// @param kind as above
  public TrainingState keep(String kind, Kept kept) {
    kinds.put(kind, kept);
    return this;
  }

  /// Writes the file, whole or not at all, one tensor in memory at a time. All ranks write at once.
  public void write(Path file) {
    Map<String, TensorSource> tensors = new TreeMap<>(); // by name, as they are written
    kinds.forEach((kind, kept) ->
        kept.shapes()
            .forEach((name, shape) -> tensors.put(kind + "/" + name, source(kept, name, shape))));
    if (!ranks.first()) {
      tensors.values().forEach(TrainingState::contribute);
      return;
    }
    Map<String, String> header = new LinkedHashMap<>();
    counts.forEach((name, value) -> header.put(name, Long.toString(value)));
    SafetensorsWriter.writeSources(file, tensors, header);
  }

  private static TensorSource source(Kept kept, String name, long[] shape) {
    List<Long> sizes = Arrays.stream(shape).boxed().toList();
    return new TensorSource(TensorDtype.F32, sizes, () -> kept.whole(name));
  }

  /// Gives this rank's part of a tensor to the rank that writes it.
  private static void contribute(TensorSource tensor) {
    try (PointerScope scope = new PointerScope()) {
      tensor.numbers().get();
    }
  }

  /// Copies a file's tensors into this state's.
  ///
  /// @return the file's counts
  /// @throws UserException if there is no such file, or it belongs to another model
  public Map<String, Long> restore(Path file) {
    try (SafetensorsFile saved = SafetensorsFile.open(file);
        PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      kinds.forEach((kind, kept) ->
          kept.shapes().forEach((name, shape) -> check(saved, kind + "/" + name, shape)));
      kinds.forEach((kind, kept) -> kept.take(name -> saved.tensor(kind + "/" + name)));
      return counts(saved);
    }
  }

  private static void check(SafetensorsFile saved, String name, long[] shape) {
    if (!saved.names().contains(name) || !Arrays.equals(saved.info(name).sizes(), shape)) {
      throw new UserException(
          "%s: %s is missing or not of the shape %s: this training was begun with another recipe;"
                  .formatted(saved.path(), name, Arrays.toString(shape))
              + " remove the file to begin again.");
    }
  }

  private static Map<String, Long> counts(SafetensorsFile saved) {
    Map<String, Long> counts = new HashMap<>();
    saved.metadata().forEach((name, value) -> counts.put(name, Long.valueOf(value)));
    return counts;
  }

  /// The steps that were taken when a file was written; 0 if it does not exist.
  ///
  /// @throws UserException if it is no such file
  public static long stepOf(Path file) {
    if (!Files.exists(file)) {
      return 0;
    }
    try (SafetensorsFile saved = SafetensorsFile.open(file)) {
      return counts(saved).getOrDefault(STEP, 0L);
    }
  }
}
