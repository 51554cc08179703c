package ai.dimoo.parity;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.diffusion.Computation;
import ai.dimoo.diffusion.ModelRunner;
import ai.dimoo.diffusion.Sampler;
import ai.dimoo.diffusion.SequenceInput;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.Weights;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.ShortcutNetwork;
import ai.dimoo.transformer.Transformer;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The runs of `cases.json` most of whose steps a shortcut network takes: the picture, how often
/// each network was called, and the network's first calls.
final class ShortcutCases implements ParityCases {

  private static final String WEIGHTS = "shortcut.safetensors";

  /// Of features, relative to the largest value.
  private static final double BOUND = 2e-4;

  /// Of the share of masked tokens, which is recorded in float32.
  private static final double RATIO_BOUND = 1e-6;

  @Override
  public void check(ReferenceFolder folder, ParityReport report) {
    List<String> tasks = List.of("t2i_shortcut");
    if (SamplerCase.names(folder, tasks).isEmpty()) {
      return;
    }
    try (SafetensorsFile file = folder.tensors(WEIGHTS);
        Transformer transformer = folder.transformer(ScalarType.Float)) {
      Weights weights = (name, shape) -> file.tensor(name);
      try (ShortcutNetwork network =
          new ShortcutNetwork(folder.config(), weights, Attention.FUSED)) {
        ModelRunner runner = new ModelRunner(transformer, network);
        SamplerCase.each(
            folder, tasks, report, run -> check(runner, folder.special(), run, report));
      }
    }
  }

  private static void check(
      ModelRunner runner, SpecialTokens special, SamplerCase run, ParityReport report) {
    StepRecording taken = new StepRecording();
    TokenIds tokens =
        new Sampler(runner, special).sample(run.sequence(), run.imageSettings(), taken);
    report.equal(run.name(), run.pictureTokens(tokens, special), run.tokens("result"));

    List<SequenceInput> calls = taken.inputs().stream().flatMap(List::stream).toList();
    List<SequenceInput> shortcuts =
        calls.stream().filter(call -> call.computation() instanceof Computation.Shortcut).toList();
    int[] counts = {calls.size() - shortcuts.size(), shortcuts.size()};
    int[] recorded = {run.tokens("full_calls")[0], run.tokens("shortcut_calls")[0]};
    report.equal(run.name() + ".calls", counts, recorded);
    for (int i = 0; run.file().names().contains("call" + i + ".features"); i++) {
      check(runner, "call" + i + ".", shortcuts.get(i), run, report);
    }
  }

  private static void check(
      ModelRunner runner, String call, SequenceInput input, SamplerCase run, ParityReport report) {
    Computation.Shortcut step = (Computation.Shortcut) input.computation();
    String name = run.name() + "." + call;
    int[] positions = run.tokens(call + "new_token_positions");
    report.equal(name + "new_token_positions", step.newPositions(), positions);
    double ratio = TensorArrays.doubles(run.file().tensor(call + "mask_ratio"))[0];
    report.add(
        ParityResult.ofDifference(
            name + "mask_ratio", Math.abs(step.maskRatio() - ratio), RATIO_BOUND));
    Tensor features =
        runner.predicted(
            run.file().tensor(call + "previous_features"), input.ids(), positions, ratio);
    report.relative(name + "features", features, run.file().tensor(call + "features"), BOUND);
  }
}
