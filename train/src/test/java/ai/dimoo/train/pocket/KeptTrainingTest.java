package ai.dimoo.train.pocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.train.log.TrainingListener;
import ai.dimoo.train.optim.TrainingState;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.runs.Conduct;
import ai.dimoo.train.runs.KeptTraining;
import ai.dimoo.train.runs.Phase;
import ai.dimoo.train.runs.Run;
import ai.dimoo.train.runs.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run whose folder is lost goes on from the model that it wrote.
class KeptTrainingTest {

  @TempDir static Path folder;

  /// Half of float16's smallest step, by which numbers near 0 may differ.
  private static final double LEAST = 0x1p-25;

  private static RunFolder lost;

  private final List<String> told = new ArrayList<>();

  /// All of the VQ model's 7 steps, and 5 of the transformer's 8.
  @BeforeAll
  static void trainHalfWay() {
    TorchRuntime.load();
    TorchRuntime.setThreads(1);
    lost = new RunFolder(folder.resolve("lost"));
    List<String> told = new ArrayList<>();
    assertThat(new Run(lost, phases(lost)).all(conduct(told, 7 + 5))).isFalse();
  }

  @Test
  void anotherRunGoesOnWhereTheModelWas() {
    RunFolder run = new RunFolder(folder.resolve("another"));
    try (KeptTraining kept = KeptTraining.of(lost.of("model"))) {
      assertThat(kept.stage()).isEqualTo("transformer");
      assertThat(kept.steps()).isEqualTo(Map.of("vq", 7L, "transformer", 5L));
      kept.handOver(run, phases(run), conduct(told, Integer.MAX_VALUE));
    }
    for (String file : List.of("tokenizer/tokenizer.json", "tiles/centres.safetensors")) {
      assertThat(run.root().resolve(file)).hasSameBinaryContentAs(lost.root().resolve(file));
    }
    // the VQ model's are in float16, which has 11 bits
    assertThat(difference(run, "vq", "weight", "weight")).isLessThan(1 / 2048.0);
    // the model's weights are the averaged ones in bfloat16, which has 8 bits
    assertThat(difference(run, "transformer", "weight", "average")).isLessThan(1 / 256.0);
    assertThat(difference(run, "transformer", "average", "average")).isLessThan(1 / 256.0);
    assertThat(new Run(run, phases(run)).all(conduct(told, Integer.MAX_VALUE))).isTrue();
    assertThat(told).containsExactly("transformer 6", "transformer 7", "transformer 8");
  }

  @Test
  void aRunThatHasBegunIsLeftAsItIs() {
    try (KeptTraining kept = KeptTraining.of(lost.of("model"))) {
      assertThatThrownBy(() -> kept.handOver(lost, phases(lost), conduct(told, 1)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("this run has begun")
          .hasMessageContaining("--folder");
    }
    assertThat(TrainingState.stepOf(lost.file("transformer", "state.safetensors"))).isEqualTo(5);
  }

  @Test
  void aModelThatKeepsNothingIsRefused() {
    assertThatThrownBy(() -> KeptTraining.of(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("training.safetensors.gz");
  }

  /// The largest difference of two kinds of tensors, the first in a run, the second in the lost
  /// one, relative to the largest number of the tensor.
  private static double difference(RunFolder run, String phase, String kind, String lostKind) {
    double most = 0;
    try (PointerScope scope = new PointerScope();
        SafetensorsFile here = SafetensorsFile.open(run.file(phase, "state.safetensors"));
        SafetensorsFile there = SafetensorsFile.open(lost.file(phase, "state.safetensors"))) {
      for (String name : here.names()) {
        if (name.startsWith(kind + "/")) {
          var other = there.tensor(name.replace(kind + "/", lostKind + "/"));
          double away = here.tensor(name).sub(other).abs().max().item_float();
          most = Math.max(most, (away - LEAST) / other.abs().max().item_float());
        }
      }
    }
    return most;
  }

  private static List<Phase> phases(RunFolder run) {
    return TinyRecipe.phases(run.of("model"));
  }

  private static Conduct conduct(List<String> told, int stopAfter) {
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(String phase, long step, long all, Map<String, Double> scalars) {
            if (!phase.equals("tiles")) {
              told.add(phase + " " + step);
            }
          }

          @Override
          public void onSheet(String phase, long step, Picture sheet) {}

          @Override
          public boolean stopped() { // asked before the step is told
            return told.size() + 1 >= stopAfter;
          }
        };
    return new Conduct(Dtype.FLOAT32, TorchDevice.CPU, 100, false, false, Ranks.ALONE, listener);
  }
}
