package ai.dimoo.train.parity;

import ai.dimoo.diffusion.DecodingStep;
import ai.dimoo.diffusion.ImagePrompt;
import ai.dimoo.diffusion.ImageSampler;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.Noise;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.diffusion.TransformerPredictor;
import ai.dimoo.diffusion.Vocabulary;
import ai.dimoo.prompt.SequenceLayout;
import ai.dimoo.prompt.SpecialTokens;
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
              new TransformerPredictor(transformer, new Device("cpu")),
              vocabulary(folder.special()));
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

  static Vocabulary vocabulary(SpecialTokens special) {
    return new Vocabulary(
        special.mask(),
        special.newline(),
        special.endAnswer(),
        special.codeOffset(),
        special.codebookSize());
  }

  /// Where nothing but the prompt is given, the start sequence follows from it.
  private static void checkSequence(SamplerCase run, SpecialTokens special, ParityReport report) {
    int[] sequence = run.tokens("sequence");
    boolean picturesGiven = IntStream.of(sequence).anyMatch(special::isCode);
    if (!picturesGiven && run.file().names().contains("prompt")) {
      var grid = run.settings().get("grid");
      int[] made =
          new SequenceLayout(special)
              .textToImage(
                  run.tokens("prompt"),
                  run.tokens("uncond_prompt"),
                  grid.get(0).intValue(),
                  grid.get(1).intValue())
              .ids();
      report.equal(run.name() + ".sequence", made, sequence);
    }
  }

  private static void check(ImageSampler sampler, SamplerCase run, ParityReport report) {
    List<DecodingStep> steps = new ArrayList<>();
    int[] tokens = sampler.sample(prompt(run), settings(run), steps::add);
    int offset = sampler.vocabulary().codeOffset();
    int[] result =
        IntStream.of(sampler.codes(tokens, run.integer("code_start")))
            .map(code -> code + offset)
            .toArray();
    run.report(report, steps, result);
  }

  private static ImagePrompt prompt(SamplerCase run) {
    int[] sequence = run.tokens("sequence");
    int codeStart = run.integer("code_start");
    return run.text("task").equals("i2i")
        ? new ImagePrompt.ImageToImage(
            sequence, codeStart, run.tokens("uncond_text"), run.tokens("uncond_image"))
        : new ImagePrompt.TextToImage(sequence, codeStart, run.tokens("uncond_prompt"));
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
