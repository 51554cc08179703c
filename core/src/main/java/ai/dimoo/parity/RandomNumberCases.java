package ai.dimoo.parity;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.torch.TorchRandom;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// `rng_seedN.safetensors`: what the CPU generator draws after `manual_seed(N)`.
final class RandomNumberCases implements ParityCases {

  static final Pattern FILE = Pattern.compile("rng_seed(-?\\d+)\\.safetensors");

  private record Draw(String name, ScalarType type) {}

  /// In the order in which they were drawn.
  private static final List<Draw> DRAWS =
      List.of(
          new Draw("rand_f32", ScalarType.Float),
          new Draw("rand_f64", ScalarType.Double),
          new Draw("rand_bf16", ScalarType.BFloat16));

  @Override
  public void check(ReferenceFolder folder, ParityReport report) {
    for (String name : folder.list("")) {
      Matcher matcher = FILE.matcher(name);
      if (matcher.matches()) {
        report.run(name, () -> check(folder, name, Long.parseLong(matcher.group(1)), report));
      }
    }
  }

  private static void check(ReferenceFolder folder, String name, long seed, ParityReport report) {
    try (SafetensorsFile file = folder.tensors(name);
        TorchRandom random = new TorchRandom(seed)) {
      for (Draw draw : DRAWS) {
        Tensor expected = file.tensor(draw.name());
        Tensor drawn = random.uniform(draw.type(), Differences.shape(expected));
        report.absolute("rng_seed" + seed + "." + draw.name(), drawn, expected, 0);
      }
    }
  }
}
