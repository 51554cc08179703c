package ai.dimoo.parity;

import ai.dimoo.diffusion.DecodingListener;
import ai.dimoo.diffusion.DecodingStep;
import ai.dimoo.diffusion.SequenceInput;
import java.util.ArrayList;
import java.util.List;

/// What a sampler did, step by step.
public final class StepRecording implements DecodingListener {

  private final List<DecodingStep> steps = new ArrayList<>();
  private final List<List<SequenceInput>> inputs = new ArrayList<>();

  @Override
  public void onInputs(List<SequenceInput> inputs) {
    this.inputs.add(inputs);
  }

  @Override
  public void onStep(DecodingStep step) {
    steps.add(step);
  }

  /// What each step left behind.
  public List<DecodingStep> steps() {
    return steps;
  }

  /// For each step the positions that each branch computed, the conditional one first.
  public List<List<int[]>> computed() {
    return inputs.stream()
        .map(step ->
            step.stream()
                .map(input -> input.computation().positions(input.ids().length()))
                .toList())
        .toList();
  }

  /// For each step what the model was asked.
  public List<List<SequenceInput>> inputs() {
    return inputs;
  }
}
