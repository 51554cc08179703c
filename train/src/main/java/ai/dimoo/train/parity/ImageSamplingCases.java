package ai.dimoo.train.parity;

import ai.dimoo.diffusion.DecodingStep;
import ai.dimoo.diffusion.ImageSampler;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.Noise;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.diffusion.TransformerPredictor;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.ImageSpan;
import ai.dimoo.sequence.SequenceLayout;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The runs of `cases.json` that decode an image, with every step's tokens.
final class ImageSamplingCases implements ParityCases {

  @Override
  public void check(ReferenceFolder folder, ParityReport report) {
    try (Transformer transformer = folder.transformer(ScalarType.Float)) {
      ImageSampler sampler =
          new ImageSampler(
              new TransformerPredictor(transformer, new Device("cpu")), folder.special());
      for (String name : SamplerCase.names(folder, List.of("t2i", "i2i"))) {
        report.run(
            name,
            () -> {
              try (SamplerCase run = SamplerCase.open(folder, name)) {
                checkSequence(run, folder.special(), report);
                check(sampler, run, report);
              }
            });
      }
    }
  }

  /// Where nothing but the prompt is given, the start sequence follows from it.
  private static void checkSequence(SamplerCase run, SpecialTokens special, ParityReport report) {
    int[] sequence = run.tokens("sequence");
    boolean picturesGiven = IntStream.of(sequence).anyMatch(special::isCode);
    if (!picturesGiven && run.file().names().contains("prompt")) {
      ImageSpan picture = picture(run);
      int[] made =
          new SequenceLayout(special)
              .image(
                  run.tokens("prompt"),
                  run.tokens("uncond_prompt"),
                  List.of(),
                  CodeGrid.masked(picture.rows(), picture.columns()))
              .ids()
              .toArray();
      report.equal(run.name() + ".sequence", made, sequence);
    }
  }

  private static void check(ImageSampler sampler, SamplerCase run, ParityReport report) {
    List<DecodingStep> steps = new ArrayList<>();
    TokenIds tokens = sampler.sample(sequence(run), settings(run), steps::add);
    int offset = sampler.special().codeOffset();
    int[] result =
        IntStream.of(picture(run).codes(tokens, sampler.special()).codes())
            .map(code -> code + offset)
            .toArray();
    run.report(report, steps, result);
  }

  private static ImageSpan picture(SamplerCase run) {
    var grid = run.settings().get("grid");
    return new ImageSpan(run.integer("code_start"), grid.get(0).intValue(), grid.get(1).intValue());
  }

  private static TokenSequence sequence(SamplerCase run) {
    boolean fromPicture = run.text("task").equals("i2i");
    return TokenSequence.of(
        TokenIds.of(run.tokens("sequence")),
        picture(run),
        TokenIds.of(run.tokens(fromPicture ? "uncond_text" : "uncond_prompt")),
        fromPicture ? TokenIds.of(run.tokens("uncond_image")) : TokenIds.NONE);
  }

  /// The recordings are in float32, where the reference's noise is exact.
  private static ImageSamplerSettings settings(SamplerCase run) {
    return new ImageSamplerSettings(
        run.integer("timesteps"),
        run.number("temperature"),
        run.number("cfg_scale"),
        run.number("cfg_img"),
        Noise.EXACT,
        Remasking.LOW_CONFIDENCE,
        run.settings().path("seed").asLong(),
        run.cache());
  }
}
