package ai.dimoo.train.pocket;

import ai.dimoo.image.Picture;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.train.log.TrainingListener;
import ai.dimoo.train.vq.VqRecipe;
import ai.dimoo.vq.VqConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// A whole training run of a few seconds, as a program of its own: prints a line a step.
public final class TinyRun {

  static final PocketRecipe RECIPE =
      new PocketRecipe(
          new VqRecipe(new VqConfig(List.of(8, 8, 8, 8), 1, 4, 16, 4, 4), 4, 3, 1e-3, 7, 0.02, 1),
          4,
          512,
          4,
          8,
          50,
          0.4,
          0.3,
          0.5,
          0.5,
          2,
          1);

  private TinyRun() {}

  public static void main(String[] args) {
    TorchRuntime.load();
    TorchRuntime.setThreads(1);
    Path folder = Path.of(args[0]);
    TrainingListener printer =
        new TrainingListener() {
          @Override
          public void onStep(String phase, long step, long steps, Map<String, Double> scalars) {
            System.out.println(phase + " " + step + " " + scalars.get("loss"));
          }

          @Override
          public void onSheet(String phase, long step, Picture sheet) {}
        };
    PocketRun.Settings settings =
        new PocketRun.Settings(ScalarType.Float, new Device("cpu"), 2, false, false);
    new PocketRun(RECIPE, folder, settings, printer).run(folder.resolve("model"));
    System.out.println("done");
  }
}
