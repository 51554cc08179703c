package ai.dimoo.app;

import ai.dimoo.train.bench.BenchListener;
import ai.dimoo.train.bench.BenchSettings;
import ai.dimoo.train.bench.BenchSubject;
import ai.dimoo.train.bench.Ladder;
import ai.dimoo.train.bench.LadderResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `dimoo bench --ladder`: every way to sample a picture.
final class LadderOptions {

  @Option(
      names = "--ladder",
      description =
          "Measure every way to sample a picture in one run: the reference's passes and logits,"
              + " ours, in bfloat16, float32, int8 and int4, the cache, and the speeds; with the"
              + " rate of each kind of product, its share of the best that this machine does in"
              + " that format, and a mark where a format is not really used. Takes minutes"
              + " (default: off).")
  private boolean ladder;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "JSON of an earlier ladder: how much each line has changed is shown beside it; turns"
              + " --ladder on (default: none).")
  private @Nullable Path baseline;

  /// Whether it is asked for.
  boolean asked() {
    return ladder || baseline != null;
  }

  void measure(
      BenchSubject subject,
      BenchSettings settings,
      BenchListener listener,
      Figures figures,
      PrintWriter out) {
    LadderBaseline before = baseline == null ? null : LadderBaseline.read(baseline);
    LadderResult result = Ladder.run(subject, settings, listener);
    figures.write(out, result.toJson(), writer -> LadderTable.print(result, before, writer));
  }
}
