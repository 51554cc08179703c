package ai.dimoo.train.runs;

import static ai.dimoo.memory.FreeMemory.gigabytes;

import ai.dimoo.Dimoo;
import ai.dimoo.ModelOptions;
import ai.dimoo.ShortcutTeacher;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.checkpoint.TensorDtype;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.checkpoint.WeightFiles;
import ai.dimoo.diffusion.FeatureRun;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import ai.dimoo.image.ContactSheet;
import ai.dimoo.image.Picture;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.request.Fingerprint;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.request.TextToImage;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.train.shortcut.ShortcutRecipe;
import ai.dimoo.train.shortcut.ShortcutTrainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Trains a shortcut network for a model while it samples.
///
/// @param model the model's folder
/// @param prompts what it draws
/// @param asked how it draws: a request of which all but prompt and seed is used
/// @param output the folder in which the network is written
/// @param shown sentences whose pictures are shown while it trains; may be empty
public record ShortcutPhase(
    Path model,
    PromptSource prompts,
    TextToImage asked,
    ShortcutRecipe recipe,
    Path output,
    List<String> shown)
    implements Phase {

  /// The name of the phase.
  public static final String NAME = "shortcut";

  /// The share of steps that the transformer takes in the pictures that are shown: as `balanced`.
  private static final double FULL_SHARE = 14 / 64.0;

  /// Numbers of each tensor by which a model is told from another.
  private static final long MARK = 1024;

  /// Copies the list.
  public ShortcutPhase {
    asked = asked.withSampling(asked.sampling().withSeed(recipe.seed()));
    shown = List.copyOf(shown);
  }

  @Override
  public String name() {
    return NAME;
  }

  /// The file that is written.
  public Path file() {
    return output.resolve(Checkpoint.SHORTCUT + ".safetensors");
  }

  @Override
  public boolean run(RunFolder run, Conduct conduct) {
    if (Files.exists(file()) && !Files.exists(run.state(NAME))) {
      throw new UserException(
          "%s is there already, and this training did not write it: move it away, or name another folder with -o."
              .formatted(file()));
    }
    try (OwnedParts open = new OwnedParts();
        PointerScope scope = new PointerScope()) {
      ModelOptions options =
          ModelOptions.DEFAULT.withDevice(conduct.device().name()).withDtype(conduct.dtype());
      ShortcutTeacher teacher =
          open.own(TorchRuntime.keepingThreads(() -> ShortcutTeacher.open(model, options)));
      int timesteps = teacher.settings(asked).timesteps();
      if (timesteps < 2) {
        throw new UserException(
            "A picture in %d step has no two neighbouring steps to learn from: give --timesteps 2 or more."
                .formatted(timesteps));
      }
      run.begunWith(
          NAME,
          "%s\n%s\n%s, %s\nmodel %s, %s"
              .formatted(
                  recipe,
                  prompts.description(),
                  teacher.settings(asked),
                  asked.width() == null ? "usual size" : asked.width() + "x" + asked.height(),
                  teacher.config(),
                  mark()),
          conduct);
      requireMemory(teacher, conduct);
      ShortcutTrainer trainer =
          open.own(
              new ShortcutTrainer(
                  teacher,
                  number -> begin(teacher, number),
                  timesteps,
                  recipe,
                  conduct.device().toDevice()));
      return new TrainingLoop(
              NAME, trainer, recipe.learningRate().steps(), showing(trainer, timesteps))
          .run(run, conduct);
    }
  }

  private FeatureRun begin(ShortcutTeacher teacher, long number) {
    TextToImage one = asked.withPrompt(prompts.of(number));
    return teacher.begin(one.withSampling(one.sampling().withSeed(recipe.seed() + number)));
  }

  private static void requireMemory(ShortcutTeacher teacher, Conduct conduct) {
    long needed = ShortcutTrainer.bytes(teacher.config());
    FreeMemory free = FreeMemory.now();
    if (conduct.device().isCpu() && needed > free.bytes()) {
      throw new EnvironmentException(
          "Not enough memory: beside the model, a shortcut network that learns takes %s, and %s are free in %s; close other programs or give the container more memory."
              .formatted(gigabytes(needed), gigabytes(free.bytes()), free.limitedBy()));
    }
  }

  /// Differs wherever a model was trained further. What lies beside its weights is no part of it.
  private String mark() {
    Fingerprint mark = new Fingerprint();
    try (Checkpoint checkpoint = Checkpoint.open(model);
        PointerScope scope = new PointerScope()) {
      WeightFiles weights = checkpoint.weights();
      for (String name : weights.names().stream().sorted().toList()) {
        Tensor numbers = weights.tensor(name).flatten();
        Tensor first = numbers.narrow(0, 0, Math.min(MARK, numbers.numel()));
        mark.add(first.view(ScalarType.Byte).sum().item_long());
      }
    }
    return mark.hex();
  }

  /// The number format in which the model has its embedding.
  private Dtype stored() {
    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      boolean wide = checkpoint.weights().info(TensorNames.EMBEDDING).dtype() == TensorDtype.F32;
      return wide ? Dtype.FLOAT32 : Dtype.BFLOAT16;
    }
  }

  private TrainingLoop.Showing showing(ShortcutTrainer trainer, int timesteps) {
    Dtype stored = stored();
    return new TrainingLoop.Showing() {
      @Override
      public void publish() {
        trainer.write(file(), stored);
      }

      @Override
      public @Nullable Picture sheet() {
        boolean usable = output.toAbsolutePath().equals(model.toAbsolutePath());
        return shown.isEmpty() || !usable ? null : withoutAndWith(timesteps);
      }
    };
  }

  /// What the model makes of the shown sentences, by itself and with most steps taken by the
  /// network: two rows.
  private Picture withoutAndWith(int timesteps) {
    int full = (int) Math.max(1, Math.round(timesteps * FULL_SHARE));
    List<Picture> pictures = new ArrayList<>();
    try (Dimoo dimoo = Dimoo.open(model)) {
      for (int steps : new int[] {0, full}) {
        for (int i = 0; i < shown.size(); i++) {
          TextToImage one = asked.withPrompt(shown.get(i));
          pictures.add(
              dimoo
                  .generate(
                      one.withSampling(
                          one.sampling().withSeed((long) i).with(SamplingTable.FULL_STEPS, steps)))
                  .picture());
        }
      }
    }
    return ContactSheet.of(pictures, shown.size(), 4, 2);
  }
}
