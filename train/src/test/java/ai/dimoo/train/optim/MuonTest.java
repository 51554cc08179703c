package ai.dimoo.train.optim;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRuntime;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MuonTest {

  @BeforeAll
  static void load() {
    TorchRuntime.load();
  }

  @Test
  void aStepHasAllSingularValuesNearOneWhateverTheGradientsAre() {
    try (PointerScope scope = new PointerScope();
        Parameters parameters = parameters();
        Muon muon = new Muon(parameters, name -> name.startsWith("m"), ScalarType.Float)) {
      gradients(parameters);
      muon.step(1);
      for (String name : List.of("m.wide", "m.tall")) {
        Tensor step = parameters.get(name).detach();
        double tall = Math.max(1, step.size(0) / (double) step.size(1));
        for (float value : TensorArrays.floats(torch.linalg_svdvals(step))) {
          assertThat(value / Math.sqrt(tall)).as(name).isBetween(0.5, 1.4);
        }
      }
    }
  }

  @Test
  void usedGradientsAreForgottenAndOthersKept() {
    try (PointerScope scope = new PointerScope();
        Parameters parameters = parameters();
        Muon muon = new Muon(parameters, name -> name.startsWith("m"), ScalarType.Float)) {
      gradients(parameters);
      muon.step(0.1);
      assertThat(parameters.gradient("m.wide").abs().sum().item_double()).isZero();
      for (String name : List.of("m.norm", "head")) {
        assertThat(parameters.gradient(name).abs().sum().item_double()).isPositive();
        assertThat(parameters.get(name).abs().sum().item_double()).isZero();
      }
    }
  }

  @Test
  void aKernelIsAMatrixOfItsRows() {
    try (PointerScope scope = new PointerScope();
        Parameters parameters =
            Parameters.of(weights -> weights.get("k", 6, 2, 3, 3), new Device("cpu"));
        Muon muon = new Muon(parameters, name -> true, ScalarType.Float)) {
      gradients(parameters);
      muon.step(1);
      Tensor step = parameters.get("k").detach();
      for (float value : TensorArrays.floats(torch.linalg_svdvals(step.view(6, 18)))) {
        assertThat(value).isBetween(0.5f, 1.4f);
      }
    }
  }

  private static Parameters parameters() {
    return Parameters.of(
        weights -> {
          weights.get("m.wide", 8, 20);
          weights.get("m.tall", 30, 8);
          weights.get("m.norm", 8);
          weights.get("head", 5, 8);
        },
        new Device("cpu"));
  }

  /// Of very different sizes in different directions.
  private static void gradients(Parameters parameters) {
    try (AutoGradMode noGrad = new AutoGradMode(false)) {
      torch.manual_seed(3);
      for (String name : parameters.named().keySet()) {
        Tensor gradient = parameters.gradient(name);
        gradient.normal_();
        gradient.select(0, 0).mul_(new Scalar(50));
      }
    }
  }
}
