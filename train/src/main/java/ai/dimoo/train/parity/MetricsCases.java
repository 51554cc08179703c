package ai.dimoo.train.parity;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.parity.ParityCases;
import ai.dimoo.parity.ParityReport;
import ai.dimoo.parity.ParityResult;
import ai.dimoo.parity.ReferenceFolder;
import ai.dimoo.train.metrics.FrechetDistance;
import ai.dimoo.train.metrics.InceptionScore;
import ai.dimoo.train.metrics.KernelDistance;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.JsonNode;

/// `metrics.json`: Fréchet distance, Inception score and KID of the features in
/// `metrics.safetensors`. The names say on what they were computed.
final class MetricsCases implements ParityCases {

  /// Relative to the value where it is above 1. The square root of a singular covariance doubles
  /// the rounding error's exponent, in SciPy's as in ours.
  private static final double BOUND = 1e-6;

  private static final Pattern FRECHET = Pattern.compile("fid_(\\w)_(\\w)");
  private static final Pattern FRECHET_OF_FIRST =
      Pattern.compile("fid_first(\\d+)_of_(\\w)_vs_(\\w)");
  private static final Pattern INCEPTION =
      Pattern.compile("inception_score_(\\d+)_splits_in_order");
  private static final Pattern KERNEL = Pattern.compile("kid_polynomial_unbiased_first(\\d+)");

  @Override
  public void check(ReferenceFolder folder, ParityReport report) {
    try (SafetensorsFile file = folder.tensors("metrics.safetensors")) {
      folder
          .json("metrics.json")
          .properties()
          .forEach(entry ->
              report.run(
                  "metrics." + entry.getKey(),
                  () -> check(entry.getKey(), entry.getValue(), file, report)));
    }
  }

  private static void check(
      String name, JsonNode recorded, SafetensorsFile file, ParityReport report) {
    Matcher frechet = FRECHET.matcher(name);
    Matcher first = FRECHET_OF_FIRST.matcher(name);
    Matcher inception = INCEPTION.matcher(name);
    Matcher kernel = KERNEL.matcher(name);
    if (frechet.matches()) {
      Tensor a = features(file, frechet.group(1));
      Tensor b = features(file, frechet.group(2));
      compare(name, FrechetDistance.between(a, b), recorded, report);
    } else if (first.matches()) {
      Tensor a = features(file, first.group(2)).narrow(0, 0, Long.parseLong(first.group(1)));
      Tensor b = features(file, first.group(3));
      compare(name, FrechetDistance.between(a, b), recorded, report);
    } else if (inception.matches()) {
      InceptionScore score =
          InceptionScore.of(file.tensor("logits"), Integer.parseInt(inception.group(1)));
      compare(name + ".mean", score.mean(), recorded.get(0), report);
      compare(name + ".std", score.standardDeviation(), recorded.get(1), report);
    } else if (kernel.matches()) {
      long rows = Long.parseLong(kernel.group(1));
      Tensor a = features(file, "a").narrow(0, 0, rows);
      Tensor b = features(file, "b").narrow(0, 0, rows);
      compare(name, KernelDistance.between(a, b), recorded, report);
    } else {
      throw new IllegalArgumentException("no check is known for this entry of metrics.json");
    }
  }

  private static Tensor features(SafetensorsFile file, String set) {
    return file.tensor("features_" + set);
  }

  private static void compare(String name, double value, JsonNode recorded, ParityReport report) {
    double expected = recorded.doubleValue();
    double difference = Math.abs(value - expected) / Math.max(1, Math.abs(expected));
    report.add(ParityResult.ofDifference("metrics." + name, difference, BOUND));
  }
}
