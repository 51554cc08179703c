package ai.dimoo.parity;

import ai.dimoo.diffusion.ModelRunner;
import ai.dimoo.diffusion.Sampler;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.SequenceLayout;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.transformer.Transformer;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The runs of `cases.json` that decode an image, with every step's tokens.
final class ImageSamplingCases implements ParityCases {

  @Override
  public void check(ReferenceFolder folder, ParityReport report) {
    try (Transformer transformer = folder.transformer(ScalarType.Float)) {
      Sampler sampler = new Sampler(new ModelRunner(transformer), folder.special());
      SamplerCase.each(
          folder,
          List.of("t2i", "i2i", "t2i_correction"),
          report,
          run -> {
            checkSequence(run, folder.special(), report);
            check(sampler, run, report);
          });
    }
  }

  /// Where nothing but the prompt is given, the start sequence follows from it.
  private static void checkSequence(SamplerCase run, SpecialTokens special, ParityReport report) {
    int[] sequence = run.tokens("sequence");
    boolean picturesGiven = IntStream.of(sequence).anyMatch(special::isCode);
    if (!picturesGiven && run.file().names().contains("prompt")) {
      CodeGrid answer = CodeGrid.masked(run.picture().rows(), run.picture().columns());
      TokenIds made =
          new SequenceLayout(special)
              .image(run.tokens("prompt"), run.tokens("uncond_prompt"), List.of(), answer)
              .ids();
      report.equal(run.name() + ".sequence", made.toArray(), sequence);
    }
  }

  private static void check(Sampler sampler, SamplerCase run, ParityReport report) {
    StepRecording taken = new StepRecording();
    TokenIds tokens = sampler.sample(run.sequence(), run.imageSettings(), taken);
    run.report(report, taken, run.pictureTokens(tokens, sampler.special()));
  }
}
