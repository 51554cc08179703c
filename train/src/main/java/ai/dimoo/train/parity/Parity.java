package ai.dimoo.train.parity;

import ai.dimoo.parity.LibraryCases;
import ai.dimoo.parity.ParityCases;
import ai.dimoo.parity.ParityReport;
import ai.dimoo.parity.ParityResult;
import ai.dimoo.parity.ReferenceFolder;
import ai.dimoo.parity.UnknownCases;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Compares this program with recorded results of the reference implementation: forward passes, the
/// VQ model, random numbers, every step of the samplers, prompts, picture preparation, training and
/// metrics. Sizes, token ids, seeds and settings come from the folder.
public final class Parity {

  private static final List<ParityCases> GROUPS =
      Stream.concat(
              LibraryCases.ALL.stream(),
              Stream.of(new TrainingCases(), new MetricsCases(), new UnknownCases()))
          .toList();

  private Parity() {}

  /// Runs every case.
  ///
  /// @param folder laid out as `core/src/test/resources/golden` (its README describes the layout)
  /// @param listener gets each result as soon as it is known
  /// @return all results
  /// @throws ai.dimoo.error.UserException if the folder is not laid out so
  public static List<ParityResult> run(Path folder, Consumer<ParityResult> listener) {
    try (ReferenceFolder reference = ReferenceFolder.open(folder)) {
      return ParityReport.of(reference, GROUPS, listener);
    }
  }
}
