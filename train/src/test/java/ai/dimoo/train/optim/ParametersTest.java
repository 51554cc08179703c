package ai.dimoo.train.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.error.UserException;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.torch.Weights;
import ai.dimoo.train.parallel.Ranks;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParametersTest {

  private PointerScope scope;

  @BeforeEach
  void open() {
    TorchRuntime.load();
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static void model(Weights weights) {
    weights.get("base", 2, 3);
    weights.get("adapter", 3);
  }

  @Test
  void frozenWeightsTakePartButDoNotMove() {
    Tensor base = torch.tensor(1f, 2f, 3f, 4f, 5f, 6f).view(2, 3);
    try (Parameters parameters =
            Parameters.of(
                ParametersTest::model,
                name -> name.equals("adapter"),
                (name, shape) -> base,
                Ranks.ALONE,
                new Device("cpu"));
        AdamW optimiser = new AdamW(parameters, new AdamW.Settings(0.9, 0.95, 1e-8, 0.1, 1))) {
      assertThat(parameters.named().keySet()).containsExactly("adapter");
      assertThat(parameters.values().numel()).isEqualTo(3);
      parameters.get("base").matmul(parameters.get("adapter")).sum().backward();
      assertThat(TensorArrays.floats(parameters.gradient("adapter"))).containsExactly(5, 7, 9);
      optimiser.step(0.5);
      assertThat(TensorArrays.floats(parameters.get("adapter")))
          .containsExactly(new float[] {-0.5f, -0.5f, -0.5f}, within(1e-5f));
      assertThat(TensorArrays.floats(base)).containsExactly(1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void aStateOutlivesAChangeOfTheOrderOfWeights(@TempDir Path folder) {
    Path file = folder.resolve("state.safetensors");
    try (Parameters parameters = Parameters.of(ParametersTest::model, new Device("cpu"));
        Parameters reordered =
            Parameters.of(
                weights -> {
                  weights.get("adapter", 3);
                  weights.get("base", 2, 3);
                },
                new Device("cpu"))) {
      try (AutoGradMode noGrad = new AutoGradMode(false)) {
        parameters.get("base").fill_(new Scalar(7));
        parameters.get("adapter").fill_(new Scalar(8));
      }
      state(parameters).count("step", 12).write(file);
      Map<String, Long> counts = state(reordered).restore(file);
      assertThat(counts).containsExactly(Map.entry("step", 12L));
      assertThat(TensorArrays.floats(reordered.values()))
          .containsExactly(8, 8, 8, 7, 7, 7, 7, 7, 7);
      assertThat(TrainingState.stepOf(file)).isEqualTo(12);
      assertThat(TrainingState.stepOf(folder.resolve("none"))).isZero();
    }
  }

  @Test
  void aStateOfAnotherModelIsRefusedBeforeAnythingIsCopied(@TempDir Path folder) {
    Path file = folder.resolve("state.safetensors");
    try (Parameters small = Parameters.of(weights -> weights.get("base", 2, 3), new Device("cpu"));
        Parameters parameters = Parameters.of(ParametersTest::model, new Device("cpu"))) {
      try (AutoGradMode noGrad = new AutoGradMode(false)) {
        small.values().fill_(new Scalar(7));
      }
      state(small).write(file);
      assertThatThrownBy(() -> state(parameters).restore(file))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("weight/adapter is missing or not of the shape [3]");
      assertThat(parameters.values().abs().sum().item_double()).isZero();
    }
  }

  private static TrainingState state(Parameters parameters) {
    return new TrainingState().tensors("weight", parameters.named());
  }
}
