package ai.dimoo.train.shortcut;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.ModelOptions;
import ai.dimoo.ShortcutTeacher;
import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.checkpoint.TensorDtype;
import ai.dimoo.request.TextToImage;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.train.optim.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A network for the pocket model, as far as it gets in seconds.
class ShortcutTrainerTest {

  private static final int TIMESTEPS = 5;
  private static final List<String> PROMPTS =
      List.of("a red circle", "a blue square and a green cross", "three yellow rings");

  @TempDir static Path folder;

  private static ShortcutTeacher teacher;

  @BeforeAll
  static void open() {
    TorchRuntime.load();
    ModelOptions options =
        ModelOptions.DEFAULT.withDevice("cpu").withDtype(Dtype.FLOAT32).withThreads(1);
    teacher = ShortcutTeacher.open(Path.of("../models/pocket"), options);
  }

  @AfterAll
  static void close() {
    teacher.close();
  }

  private static ShortcutTrainer trainer(int steps, int pictures) {
    return new ShortcutTrainer(
        teacher,
        number ->
            teacher.begin(
                TextToImage.of(PROMPTS.get((int) (number % PROMPTS.size())))
                    .timesteps(TIMESTEPS)
                    .cfgScale(2)
                    .seed(number)
                    .build()),
        TIMESTEPS,
        ShortcutRecipe.of(new LearningRate(3e-3, 20, steps, 0.2), pictures, 1),
        TorchDevice.CPU.toDevice());
  }

  private static List<Double> losses(Trainer trainer, int steps, String name) {
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      Map<String, Double> told = trainer.train();
      losses.add(told.get(name));
    }
    return losses;
  }

  @Test
  void aTrainingThatIsResumedHasTheLossesOfOneThatWasNot() {
    int steps = 7; // more than a picture has, so that places go on to their next one
    List<Double> whole;
    try (PointerScope scope = new PointerScope();
        ShortcutTrainer trainer = trainer(steps, 2)) {
      whole = losses(trainer, steps, Trainer.LOSS);
    }
    List<Double> parts = new ArrayList<>();
    Path state = folder.resolve("state.safetensors");
    for (int part : new int[] {3, 2, 2}) {
      try (PointerScope scope = new PointerScope();
          ShortcutTrainer trainer = trainer(steps, 2)) {
        trainer.restore(state);
        assertThat(trainer.step()).isEqualTo(parts.size());
        parts.addAll(losses(trainer, part, Trainer.LOSS));
        trainer.save(state);
      }
    }
    assertThat(parts).isEqualTo(whole);
    assertThat(whole).doesNotHaveDuplicates();
  }

  @Test
  void atFirstItLeavesFeaturesAsTheyAreAndThenItGetsBetter() {
    int steps = 160;
    try (PointerScope scope = new PointerScope();
        ShortcutTrainer trainer = trainer(steps, 1)) {
      Map<String, Double> first = trainer.train();
      assertThat(first.get(Trainer.LOSS)).isEqualTo(first.get(ShortcutTrainer.UNCHANGED));
      double loss = 0;
      double unchanged = 0;
      for (int i = 1; i < steps; i++) {
        Map<String, Double> told = trainer.train();
        if (i >= steps - 2 * (TIMESTEPS - 1)) { // two whole pictures
          loss += told.get(Trainer.LOSS);
          unchanged += told.get(ShortcutTrainer.UNCHANGED);
        }
      }
      assertThat(loss).isLessThan(0.8 * unchanged);

      Path file = folder.resolve("shortcut.safetensors");
      trainer.write(file, Dtype.BFLOAT16);
      try (SafetensorsFile written = SafetensorsFile.open(file)) {
        assertThat(written.info("proj_in.weight").dtype()).isEqualTo(TensorDtype.BF16);
        assertThat(written.metadata()).containsEntry("trained_steps", "160");
      }
    }
  }
}
