package ai.dimoo.train.parity;

import ai.dimoo.diffusion.DecodingStep;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.diffusion.TextSampler;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.diffusion.TransformerPredictor;
import ai.dimoo.sequence.TextSpan;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The runs of `cases.json` that decode an answer, with every step's tokens.
final class TextSamplingCases implements ParityCases {

  @Override
  public void check(ReferenceFolder folder, ParityReport report) {
    try (Transformer transformer = folder.transformer(ScalarType.Float)) {
      TextSampler sampler =
          new TextSampler(
              new TransformerPredictor(transformer, new Device("cpu")), folder.special());
      for (String name : SamplerCase.names(folder, List.of("mmu"))) {
        report.run(
            name,
            () -> {
              try (SamplerCase run = SamplerCase.open(folder, name)) {
                check(sampler, run, report);
              }
            });
      }
    }
  }

  private static void check(TextSampler sampler, SamplerCase run, ParityReport report) {
    TokenSequence sequence =
        TokenSequence.of(
            TokenIds.of(run.tokens("sequence")),
            new TextSpan(run.integer("code_start"), run.integer("gen_length")));
    List<DecodingStep> steps = new ArrayList<>();
    int[] result = sampler.sample(sequence, settings(run), steps::add).toArray();
    run.report(report, steps, result);
  }

  /// The reference's own early stop does not work, so the recordings go through all blocks.
  private static TextSamplerSettings settings(SamplerCase run) {
    return new TextSamplerSettings(
        run.integer("steps"),
        run.integer("gen_length"),
        run.integer("block_length"),
        run.number("temperature"),
        run.number("cfg_scale"),
        Remasking.valueOf(run.text("remasking").toUpperCase(Locale.ROOT)),
        run.settings().path("seed").asLong(),
        false,
        run.cache());
  }
}
