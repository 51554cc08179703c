package ai.dimoo.parity;

import ai.dimoo.diffusion.ModelRunner;
import ai.dimoo.diffusion.Sampler;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.transformer.Transformer;
import java.util.List;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The runs of `cases.json` that decode an answer, with every step's tokens.
final class TextSamplingCases implements ParityCases {

  @Override
  public void check(ReferenceFolder folder, ParityReport report) {
    try (Transformer transformer = folder.transformer(ScalarType.Float)) {
      Sampler sampler = new Sampler(new ModelRunner(transformer), folder.special());
      SamplerCase.each(
          folder,
          List.of("mmu"),
          report,
          run -> {
            StepRecording taken = new StepRecording();
            TokenIds tokens = sampler.sample(run.sequence(), run.textSettings(), taken);
            run.report(report, taken, tokens.toArray());
          });
    }
  }
}
