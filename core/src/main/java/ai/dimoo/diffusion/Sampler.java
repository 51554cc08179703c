package ai.dimoo.diffusion;

import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;

/// Replaces a sequence's masks by tokens, step by step: {@link ImageDecoding} for pictures, {@link
/// TextDecoding} for answers.
///
/// Stateless; as thread-safe as its model, which it does not close.
///
/// @param model the model call
/// @param special the ids of the model's special tokens
public record Sampler(ModelRunner model, SpecialTokens special) {

  /// One of several decodings that go through the model together.
  ///
  /// @param listener of this one
  public record Run(Decoding decoding, DecodingListener listener) {

    private List<SequenceInput> inputs() {
      List<SequenceInput> inputs = decoding.inputs();
      listener.onInputs(inputs);
      return inputs;
    }
  }

  /// Decodes one picture.
  ///
  /// @return the sequence with every mask of the picture replaced
  /// @throws UserException if the settings want a shortcut network and there is none
  /// @throws CancellationException if the listener says so
  public TokenIds sample(
      TokenSequence sequence, ImageSamplerSettings settings, DecodingListener listener) {
    require(settings);
    try (ImageDecoding decoding = new ImageDecoding(special, sequence, settings)) {
      denoise(List.of(new Run(decoding, listener)));
      return decoding.tokens();
    }
  }

  /// Refuses settings that this model cannot sample by.
  ///
  /// @throws UserException if they want a shortcut network and there is none
  public void require(ImageSamplerSettings settings) {
    if (settings.fullSteps() > 0 && model.shortcut() == null) {
      throw new UserException(
          Fault.of("This model has no shortcut network, which could take steps for it.")
              .in("full_steps")
              .mend(Remedy.leaveOut("full_steps")));
    }
  }

  /// Decodes one answer.
  ///
  /// @return the whole sequence; where it stopped early, masks remain behind the answer
  /// @throws CancellationException if the listener says so
  public TokenIds sample(
      TokenSequence sequence, TextSamplerSettings settings, DecodingListener listener) {
    try (TextDecoding decoding = new TextDecoding(special, sequence, settings)) {
      denoise(List.of(new Run(decoding, listener)));
      return decoding.tokens();
    }
  }

  /// Decodes until all are finished. What one listener throws, or its wish to cancel, ends all.
  ///
  /// @throws CancellationException if a listener says so
  public void denoise(List<Run> runs) {
    for (List<Run> left = unfinished(runs); !left.isEmpty(); left = unfinished(left)) {
      if (left.stream().anyMatch(run -> run.listener().cancelled())) {
        throw new CancellationException("decoding was cancelled");
      }
      List<DecodingStep> steps = new ArrayList<>();
      try (PointerScope scope = new PointerScope();
          AutoGradMode noGradient = new AutoGradMode(false)) {
        List<List<SequenceInput>> inputs = left.stream().map(Run::inputs).toList();
        List<List<SequenceOutput>> outputs = model.run(inputs);
        for (int i = 0; i < left.size(); i++) {
          left.get(i).listener().onOutputs(inputs.get(i), outputs.get(i));
          steps.add(left.get(i).decoding().accept(outputs.get(i)));
        }
      }
      for (int i = 0; i < left.size(); i++) {
        left.get(i).listener().onStep(steps.get(i));
      }
    }
  }

  private static List<Run> unfinished(List<Run> runs) {
    return runs.stream().filter(run -> !run.decoding().finished()).toList();
  }
}
