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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.bytedeco.javacpp.PointerScope;

/// What a model's folder keeps of the run that wrote it, `training.safetensors.gz`: what each code
/// stands for, as tiles, and in the header how many steps of each phase were taken and which
/// stage's weights these are. With it another run goes on where that one was, should its folder be
/// lost: from the averaged weights, with fresh moments.
///
/// Lies unpacked in a temporary file until it is closed. Not thread-safe.
public final class KeptTraining implements AutoCloseable {

  /// The file's name.
  public static final String FILE = "training.safetensors.gz";

  private static final String STAGE = "stage";

  private final Path model;
  private final Path plain;
  private final String stage;
  private final Map<String, Long> steps = new TreeMap<>();

  private KeptTraining(Path model, Path plain) {
    this.model = model;
    this.plain = plain;
    try (SafetensorsFile kept = SafetensorsFile.open(plain)) {
      Map<String, String> header = new TreeMap<>(kept.metadata());
      String written = header.remove(STAGE);
      stage = written == null ? "" : written;
      header.forEach((phase, taken) -> steps.put(phase, Long.valueOf(taken)));
    }
  }

  /// Writes the file into a model's folder.
  ///
  /// @param stage whose weights the model has
  static void write(Path model, RunFolder run, String stage, TileCodes tiles) {
    Map<String, String> header = new TreeMap<>();
    steps(run).forEach((phase, taken) -> header.put(phase, Long.toString(taken)));
    header.put(STAGE, stage);
    try {
      Path plain = temporary();
      try {
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
      } finally {
        Files.delete(plain);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static Path temporary() throws IOException {
    return Files.createTempFile("dimoo-", ".safetensors");
  }

  private static EnvironmentException failure(IOException e) {
    return new EnvironmentException(
        "Cannot pack or unpack %s: %s.".formatted(FILE, FileFaults.reason(e)), e);
  }

  private static Map<String, Long> steps(RunFolder run) {
    Map<String, Long> steps = new TreeMap<>();
    try (Stream<Path> phases = Files.list(run.root())) {
      phases
          .map(phase -> phase.resolve(RunFolder.STATE))
          .filter(Files::isRegularFile)
          .forEach(state ->
              steps.put(state.getParent().getFileName().toString(), TrainingState.stepOf(state)));
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read the folder %s: %s.".formatted(run.root(), FileFaults.reason(e)), e);
    }
    return steps;
  }

  /// Unpacks what a model's folder keeps. Close it.
  ///
  /// @throws UserException if it keeps nothing of its training
  public static KeptTraining of(Path model) {
    Path file = model.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          "%s has no %s, so that no training can go on with it; give a folder that `train` wrote."
              .formatted(model, FILE));
    }
    try {
      Path plain = temporary();
      try (InputStream packed = new GZIPInputStream(Files.newInputStream(file))) {
        Files.copy(packed, plain, StandardCopyOption.REPLACE_EXISTING);
        return new KeptTraining(model, plain);
      } catch (IOException | RuntimeException e) {
        Files.delete(plain);
        throw e;
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /// The model's folder.
  Path model() {
    return model;
  }

  /// The stage of the transformer's training that the weights are of.
  public String stage() {
    return stage;
  }

  /// The steps that were taken, by phase.
  public Map<String, Long> steps() {
    return Collections.unmodifiableMap(steps);
  }

  /// Its tiles, which are the caller's to close.
  TileCodes tiles() {
    return TileCodes.read(plain);
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

  @Override
  public void close() {
    try {
      Files.deleteIfExists(plain);
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
