package ai.dimoo.torch;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Refuses to go on with numbers that are none: a picture or an answer made of them looks like a
/// result, grey or empty.
public final class FiniteNumbers {

  private FiniteNumbers() {}

  /// The tensor. Waits for the device.
  ///
  /// @param what it is, such as `the transformer's logits`
  /// @throws EnvironmentException if a number of it is infinite or not a number
  public static Tensor require(Tensor numbers, String what) {
    if (!torch.isfinite(numbers).all().item_bool()) {
      throw new EnvironmentException(
          Fault.of("In %s there are numbers that are not finite.".formatted(what))
              .in("dtype")
              .mend(Remedy.giveAnother("dtype"))
              .mend(Remedy.plain("check the model's files: download them again")));
    }
    return numbers;
  }
}
