package ai.dimoo.app;

import ai.dimoo.ComparedPicture;
import ai.dimoo.Comparison;
import ai.dimoo.diffusion.Agreement;
import ai.dimoo.request.ModelIdentity;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The figures of `dimoo compare`, for people and as JSON.
///
/// @param comparison at least one picture
record CompareTable(Comparison comparison) {

  void print(PrintWriter out) {
    Agreement agreement = comparison.agreement();
    line(out, "first:  %s", words(comparison.first()));
    line(out, "second: %s", words(comparison.second()));
    line(
        out,
        "%d pictures of %d steps, without cache",
        comparison.pictures().size(),
        comparison.timesteps());
    line(out, "");
    line(out, "asked at each step about the same tokens");
    line(out, "  %-36s %10d", "decisions", agreement.decisions());
    line(out, "  %-36s %9.3f%%", "the second differs in", 100 * agreement.different());
    line(out, "  %-36s %9.3f%%", "  order: not decided in that step", 100 * agreement.orderShare());
    line(out, "  %-36s %9.3f%%", "  token: another one", 100 * agreement.tokenShare());
    line(out, "  %-36s %10.6f", "cosine of the logits, mean", agreement.cosine());
    line(out, "  %-36s %10.6f", "cosine of the logits, least", agreement.leastCosine());
    line(out, "");
    line(out, "pictures that each draws for itself");
    line(
        out,
        "  %-36s %4d of %d",
        "equal",
        comparison.equalPictures(),
        comparison.pictures().size());
    line(out, "  %-36s %9.3f%%", "codes that differ", 100 * comparison.otherCodes());
    Double psnr = comparison.psnr();
    line(
        out,
        "  %-36s %10s",
        "PSNR",
        psnr == null ? "equal" : String.format(Locale.ROOT, "%.2f dB", psnr));
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("first", toJson(comparison.first()));
    json.set("second", toJson(comparison.second()));
    json.put("timesteps", comparison.timesteps());
    put(json, comparison.agreement());
    json.put("pictures_compared", comparison.pictures().size());
    json.put("pictures_equal", comparison.equalPictures());
    json.put("codes_different", comparison.otherCodes());
    json.put("psnr", comparison.psnr());
    for (ComparedPicture picture : comparison.pictures()) {
      ObjectNode one = json.withArray("pictures").addObject();
      one.put("prompt", picture.prompt()).put("seed", picture.seed());
      put(one, picture.agreement());
      one.put("codes_different", (double) picture.otherCodes() / picture.codes());
      one.put("psnr", picture.psnr());
    }
    return json;
  }

  private static void put(ObjectNode json, Agreement agreement) {
    json.put("decisions", agreement.decisions());
    json.put("decisions_different", agreement.different());
    json.put("order_different", agreement.orderShare());
    json.put("token_different", agreement.tokenShare());
    json.put("cosine", agreement.cosine());
    json.put("cosine_least", agreement.leastCosine());
  }

  static ObjectNode toJson(ModelIdentity model) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return json.put("model", model.name())
        .put("fingerprint", model.fingerprint())
        .put("device", model.device())
        .put("dtype", model.dtype());
  }

  static String words(ModelIdentity model) {
    return "%s, %s, %s".formatted(model.name(), model.device(), model.dtype());
  }

  private static void line(PrintWriter out, String format, @Nullable Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
