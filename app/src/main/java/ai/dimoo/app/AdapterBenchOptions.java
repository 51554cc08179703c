package ai.dimoo.app;

import static ai.dimoo.memory.FreeMemory.gigabytes;

import ai.dimoo.error.UserException;
import ai.dimoo.train.bench.AdapterBench;
import ai.dimoo.train.bench.BenchListener;
import ai.dimoo.train.bench.BenchSubject;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `dimoo bench --adapter`: what training an adapter to a shape takes of memory and time.
final class AdapterBenchOptions {

  private static final int MOST_STEPS = 3;

  @Option(
      names = "--adapter",
      paramLabel = "RANK",
      description =
          "With --shape: measure steps of training an adapter of this rank instead (--steps of them, at"
              + " most 3), and their memory beside what `dimoo train lora --plan` says (default: none).")
  private @Nullable Integer rank;

  @Option(
      names = "--recompute",
      description =
          "With --adapter: compute activations again in the backward pass (default: off).")
  private boolean recompute;

  /// Whether it is asked for.
  boolean asked() {
    return rank != null || recompute;
  }

  /// @param steps that were asked for
  void measure(BenchSubjectOptions subject, int steps, BenchListener listener, PrintWriter out) {
    BenchSubject.Random random = subject.random();
    if (rank == null || random == null) {
      throw new UserException("--adapter goes with --shape, --recompute with --adapter.");
    }
    if (rank < 1) {
      throw new UserException("--adapter is %d; expected a rank of 1 or more.".formatted(rank));
    }
    print(
        AdapterBench.run(
            random, rank, recompute, subject.options(), Math.clamp(steps, 1, MOST_STEPS), listener),
        out);
  }

  private static void print(AdapterBench.Result result, PrintWriter out) {
    result
        .planned()
        .parts()
        .forEach(part -> out.println("%-38s %8s".formatted(part.name(), gigabytes(part.bytes()))));
    Long peak = result.peak();
    out.println(
        "planned %s, measured %s; %d tokens, %.1f s a step"
            .formatted(
                gigabytes(result.planned().bytes()),
                peak == null ? "unknown" : gigabytes(peak),
                result.planned().longest(),
                result.seconds()));
  }
}
