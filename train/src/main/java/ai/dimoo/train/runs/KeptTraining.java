package ai.dimoo.train.runs;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.checkpoint.SafetensorsWriter;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.file.AtomicFile;
import ai.dimoo.train.optim.TrainingState;
import ai.dimoo.train.vq.TileCodes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/// What a model's folder keeps of the run that wrote it, `training.safetensors.gz`: what each code
/// stands for, as tiles, and in the header how many steps of each phase were taken and which
/// stage's weights these are. With it another run goes on where that one was, should its folder be
/// lost: from the averaged weights, with fresh moments.
///
/// @param model the model's folder
/// @param stage the stage of the transformer's training that the weights are of
/// @param steps those that were taken, by phase
public record KeptTraining(Path model, String stage, Map<String, Long> steps) {

  /// The file's name.
  public static final String FILE = "training.safetensors.gz";

  private static final String STAGE = "stage";

  /// Writes the file into a model's folder.
  ///
  /// @param stage whose weights the model has
  static void write(Path model, RunFolder run, String stage, TileCodes tiles) {
    Map<String, String> header = new TreeMap<>();
    steps(run).forEach((phase, taken) -> header.put(phase, Long.toString(taken)));
    header.put(STAGE, stage);
    unpacked(plain -> {
      try (PointerScope scope = new PointerScope()) {
        SafetensorsWriter.write(plain, tiles.tensors(), header);
      }
      AtomicFile.write(
          model.resolve(FILE),
          channel -> {
            GZIPOutputStream packed = new GZIPOutputStream(Channels.newOutputStream(channel));
            Files.copy(plain, packed);
            packed.finish();
          });
      return null;
    });
  }

  /// Something that works with the file as it is before packing.
  private interface Use<T extends @Nullable Object> {
    T of(Path plain) throws IOException;
  }

  private static <T extends @Nullable Object> T unpacked(Use<T> use) {
    try {
      Path plain = Files.createTempFile("dimoo-", ".safetensors");
      try {
        return use.of(plain);
      } finally {
        Files.delete(plain);
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot pack or unpack %s: %s.".formatted(FILE, FileFaults.reason(e)), e);
    }
  }

  private static <T> T read(Path file, Use<T> use) {
    return unpacked(plain -> {
      try (InputStream packed = new GZIPInputStream(Files.newInputStream(file))) {
        Files.copy(packed, plain, StandardCopyOption.REPLACE_EXISTING);
      }
      return use.of(plain);
    });
  }

  private static Map<String, Long> steps(RunFolder run) {
    Map<String, Long> steps = new TreeMap<>();
    try (Stream<Path> phases = Files.list(run.root())) {
      phases
          .map(phase -> phase.resolve(TrainingLoop.STATE))
          .filter(Files::isRegularFile)
          .forEach(state ->
              steps.put(state.getParent().getFileName().toString(), TrainingState.stepOf(state)));
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read the folder %s: %s.".formatted(run.root(), FileFaults.reason(e)), e);
    }
    return steps;
  }

  /// Reads what a model's folder keeps.
  ///
  /// @throws UserException if it keeps nothing of its training
  public static KeptTraining of(Path model) {
    Path file = model.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          "%s has no %s, so that no training can go on with it; give a folder that `train` wrote."
              .formatted(model, FILE));
    }
    return read(file, plain -> header(model, plain));
  }

  private static KeptTraining header(Path model, Path plain) {
    try (SafetensorsFile kept = SafetensorsFile.open(plain)) {
      Map<String, Long> steps = new TreeMap<>();
      kept.metadata()
          .forEach((name, value) -> {
            if (!name.equals(STAGE)) {
              steps.put(name, Long.valueOf(value));
            }
          });
      return new KeptTraining(model, kept.metadata().getOrDefault(STAGE, ""), steps);
    }
  }

  /// Its tiles, which are the caller's to close.
  TileCodes tiles() {
    return read(model.resolve(FILE), TileCodes::read);
  }

  /// Its weights, which are the caller's to close.
  Checkpoint checkpoint() {
    return Checkpoint.open(model);
  }

  /// Lets a run that has not begun go on where this one was.
  ///
  /// @throws UserException if the run has begun
  public void handOver(RunFolder run, List<Phase> phases, Conduct conduct) {
    for (Phase phase : phases) {
      if (Files.exists(run.of(phase.name()))) {
        throw new UserException(
            "%s: this run has begun; give another --folder, or leave out --from to go on with it."
                .formatted(run.of(phase.name())));
      }
    }
    phases.forEach(phase -> phase.takeOver(run, this, conduct));
  }
}
