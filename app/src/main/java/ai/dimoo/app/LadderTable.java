package ai.dimoo.app;

import ai.dimoo.train.bench.LadderResult;
import ai.dimoo.train.bench.ProductRate;
import ai.dimoo.train.bench.Rung;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The figures of `dimoo bench --ladder` as tables for people.
final class LadderTable {

  private static final double MEGABYTE = 1e6;

  /// Behind a line whose number format is not really used.
  private static final String MARK = " !";

  private final LadderResult result;
  private final @Nullable LadderBaseline baseline;
  private final PrintWriter out;

  private LadderTable(LadderResult result, @Nullable LadderBaseline baseline, PrintWriter out) {
    this.result = result;
    this.baseline = baseline;
    this.out = out;
  }

  /// @param baseline an earlier run; null: none is compared with
  static void print(LadderResult result, @Nullable LadderBaseline baseline, PrintWriter out) {
    new LadderTable(result, baseline, out).print();
  }

  private void print() {
    LadderResult r = result;
    line(
        "%s: %d of %d layers%s, %s%s, %d threads",
        r.model(),
        r.layers(),
        r.wholeLayers(),
        r.layers() == r.wholeLayers() ? "" : " (times extrapolated)",
        r.device(),
        r.processor() == null ? "" : " " + r.processor(),
        r.threads());
    line(
        "%d tokens, %d %s a step; %d steps, median of %d",
        r.tokens(),
        r.branches(),
        r.branches() == 1 ? "sequence" : "sequences",
        r.steps(),
        r.repeats());
    line("");
    line(
        "%-32s %10s %6s %10s %8s %12s%s",
        "a picture",
        "s a step",
        "steps",
        "seconds",
        "of first",
        "peak memory",
        baseline == null ? "" : "  of baseline");
    r.rungs().forEach(this::rung);
    line("");
    line("%-18s %-24s %10s %10s", "products", "", "TFLOP/s", "of ceiling");
    r.products().forEach(this::product);
    r.ceilings()
        .forEach((format, ceiling) ->
            line("%-18s %-24s %10.3f", format + mark(format), "ceiling", ceiling));
    r.lines().forEach(text -> line("%s", text));
    if (baseline != null) {
      baseline.differences(r).forEach(text -> line("%s", text));
    }
  }

  private void rung(Rung rung) {
    Long peak = rung.peakBytes();
    line(
        "%-32s %10.4f %6d %10.2f %8.3f %12s%s",
        rung.name() + mark(rung.format()),
        rung.stepSeconds(),
        rung.timesteps(),
        rung.pictureSeconds(),
        rung.pictureSeconds() / result.rungs().getFirst().pictureSeconds(),
        peak == null ? "unknown" : String.format(Locale.ROOT, "%.0f MB", peak / MEGABYTE),
        change(rung));
  }

  private String change(Rung rung) {
    if (baseline == null) {
      return "";
    }
    Double change = baseline.change(rung.name(), rung.pictureSeconds());
    return change == null ? "          new" : String.format(Locale.ROOT, "  %11.3f", change);
  }

  private void product(ProductRate product) {
    line(
        "%-18s %-24s %10.3f %9.0f%%",
        product.format() + mark(product.format()),
        product.kind(),
        product.tflops(),
        100 * result.share(product));
  }

  private String mark(String format) {
    return result.suspicion(format) == null ? "" : MARK;
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values).stripTrailing());
  }
}
