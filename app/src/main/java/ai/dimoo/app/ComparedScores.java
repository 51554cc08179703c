package ai.dimoo.app;

import ai.dimoo.request.ModelIdentity;
import ai.dimoo.train.worlds.pictograms.evaluation.PairedScores;
import ai.dimoo.train.worlds.pictograms.evaluation.PairedScores.Row;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The scores of `dimoo compare --scores`, for people and as JSON.
///
/// @param firstSettings how the first samples, as it was written; empty: by its defaults
/// @param secondSettings the same of the second
record ComparedScores(
    ModelIdentity first,
    String firstSettings,
    ModelIdentity second,
    String secondSettings,
    PairedScores scores) {

  void print(PrintWriter out) {
    line(out, "first:  %s%s", CompareTable.words(first), behind(firstSettings));
    line(out, "second: %s%s", CompareTable.words(second), behind(secondSettings));
    line(
        out, "asked the same with the same seeds; the difference is the second's less the first's");
    line(
        out,
        "  %-28s %6s %7s %7s %10s  %-16s %5s %6s",
        "",
        "pairs",
        "first",
        "second",
        "difference",
        "95% interval",
        "first",
        "second");
    line(out, "  %-28s %6s %7s %7s %10s  %-16s %s", "", "", "", "", "", "", "alone right");
    scores.rows().forEach(row -> row(out, row));
    row(out, scores.overall());
    line(out, "  %-36s %4d of %d", "equal pictures", scores.equal(), scores.pictures());
    Double psnr = psnr();
    line(
        out,
        "  %-36s %10s",
        "PSNR",
        psnr == null ? "-" : String.format(Locale.ROOT, "%.2f dB", psnr));
    line(
        out,
        "  %-36s %10.3f, %.3f: %.2f times the first's",
        "seconds a picture or answer, median",
        scores.firstSeconds(),
        scores.secondSeconds(),
        scores.secondSeconds() / scores.firstSeconds());
  }

  private static String behind(String settings) {
    return settings.isEmpty() ? "" : ", " + settings;
  }

  private static void row(PrintWriter out, Row row) {
    line(
        out,
        "  %-28s %6d %7.3f %7.3f %+10.4f  %+.4f, %+.4f  %5d %6d",
        row.name(),
        row.count(),
        row.first(),
        row.second(),
        row.difference(),
        row.low(),
        row.high(),
        row.onlyFirst(),
        row.onlySecond());
  }

  /// Over the pixels of all pictures; null: all are equal, or there are none.
  private @Nullable Double psnr() {
    return scores.error().sum() == 0 ? null : scores.error().psnr();
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("first", CompareTable.toJson(first).put("settings", firstSettings));
    json.set("second", CompareTable.toJson(second).put("settings", secondSettings));
    scores
        .rows()
        .forEach(row -> put(json.withArray("rows").addObject().put("row", row.name()), row));
    put(json.putObject("overall"), scores.overall());
    json.put("pictures", scores.pictures()).put("pictures_equal", scores.equal());
    json.put("psnr", psnr());
    json.put("seconds_first", scores.firstSeconds()).put("seconds_second", scores.secondSeconds());
    return json;
  }

  private static void put(ObjectNode json, Row row) {
    json.put("pairs", row.count());
    json.put("first", row.first()).put("second", row.second());
    json.put("difference", row.difference());
    json.put("difference_low", row.low()).put("difference_high", row.high());
    json.put("first_alone", row.onlyFirst()).put("second_alone", row.onlySecond());
  }

  private static void line(PrintWriter out, String format, @Nullable Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
