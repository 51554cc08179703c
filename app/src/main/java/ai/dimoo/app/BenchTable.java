package ai.dimoo.app;

import ai.dimoo.train.bench.BenchResult;
import ai.dimoo.train.bench.PartTimes;
import ai.dimoo.train.bench.StepTimes;
import java.io.PrintWriter;
import java.util.Locale;

/// The figures of `dimoo bench` as a table for people.
final class BenchTable {

  private static final double MEGABYTE = 1e6;

  private final PrintWriter out;

  private BenchTable(PrintWriter out) {
    this.out = out;
  }

  static void print(BenchResult result, PrintWriter out) {
    new BenchTable(out).print(result);
  }

  private void print(BenchResult r) {
    line(
        "%s: %d of %d layers, %s, %s, %s attention, %d threads",
        r.model(), r.layers(), r.wholeLayers(), r.device(), r.dtype(), r.attention(), r.threads());
    line(
        "%d tokens, %d of them image codes; %d steps, median of %d",
        r.tokens(), r.imageTokens(), r.steps(), r.repeats());
    if (r.notice() != null) {
      out.println(r.notice());
    }
    line("");
    line("%-28s %12s %12s %14s", "step (guidance included)", "seconds", "tokens/s", "peak memory");
    step("without cache", r.withoutCache());
    step("with cache", r.withCache());
    line("");
    PartTimes parts = r.parts();
    line("%-28s %12s %12s %14s", "one forward pass, seconds", "dimoo", "other", "dimoo/other");
    pair("layer", parts.layer(), parts.otherLayer(), "the other way to compute attention");
    pair(
        "embedding and head",
        parts.head(),
        parts.referenceHead(),
        "the reference's: all %d logits of every position".formatted(r.vocabulary()));
    String layers = r.wholeLayers() + (r.wholeLayers() == 1 ? " layer" : " layers");
    String whole = r.layers() == r.wholeLayers() ? layers : layers + " (extrapolated)";
    pair(whole, r.forward(), r.referenceForward(), "the reference's head, layers as ours");
    line("");
    line("%-28s %12s", "the same, cached step", "dimoo");
    line("  %-26s %12.5f", "layer", parts.cachedLayer());
    line("  %-26s %12.5f", "head", parts.cachedHead());
    line("  %-26s %12.5f", whole, r.cachedForward());
  }

  private void step(String name, StepTimes step) {
    Long peak = step.peakBytes();
    String memory =
        peak == null ? "unknown" : String.format(Locale.ROOT, "%.0f MB", peak / MEGABYTE);
    line("  %-26s %12.5f %12.1f %14s", name, step.secondsPerStep(), step.tokensPerSecond(), memory);
  }

  private void pair(String name, double ours, double other, String what) {
    line("  %-26s %12.5f %12.5f %14.3f  (%s)", name, ours, other, ours / other, what);
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
