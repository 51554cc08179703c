package ai.dimoo.app;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.error.UserException;
import ai.dimoo.train.bench.Shape;
import ai.dimoo.train.bench.SyntheticCheckpoint;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `dimoo bench --write-checkpoint`: a checkpoint of a whole shape, for other commands to measure.
final class WriteCheckpointOption {

  @Option(
      names = "--write-checkpoint",
      paramLabel = "DIR",
      description =
          "Measure nothing, but write a checkpoint of the whole --shape into a new folder: random"
              + " numbers in bfloat16, six shards (16.2 GB for 8b), with words of --model's tokenizer;"
              + " for seeing how such a model is loaded and sampled (default: none).")
  private @Nullable Path folder;

  /// Whether it is asked for.
  boolean asked() {
    return folder != null;
  }

  void write(BenchSubjectOptions subject, Terminal terminal) {
    Shape shape = subject.wholeShape();
    if (shape == null) {
      throw new UserException(
          "--write-checkpoint writes a whole shape: give --shape 8b or tiny, and no --layers.");
    }
    try (DownloadProgress progress = new DownloadProgress(terminal)) {
      SyntheticCheckpoint.write(
          shape,
          folder,
          subject.model().resolve(Checkpoint.TOKENIZER),
          (written, total) -> progress.progress(folder.toString(), written, total));
    }
    terminal.out().println(folder);
  }
}
