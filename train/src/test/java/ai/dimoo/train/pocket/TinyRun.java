package ai.dimoo.train.pocket;

import ai.dimoo.image.Picture;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.train.log.TrainingListener;
import ai.dimoo.train.optim.Trainer;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.runs.Conduct;
import ai.dimoo.train.runs.Run;
import ai.dimoo.train.runs.RunFolder;
import ai.dimoo.train.vq.VqRecipe;
import ai.dimoo.vq.Upsampling;
import ai.dimoo.vq.VqConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A whole training run of a few seconds, as a program of its own: prints a line a step.
public final class TinyRun {

  static final PocketRecipe RECIPE =
      new PocketRecipe(
          new VqRecipe(
              new VqConfig(List.of(8, 8, 8, 8), 1, 4, 16, 4, 4, Upsampling.NEAREST),
              4,
              3,
              1e-3,
              0,
              7,
              0.02,
              1),
          4,
          512,
          32,
          2,
          4,
          8,
          0.4,
          0.3,
          0.5,
          0.5,
          2,
          1);

  private TinyRun() {}

  /// @param args the run's folder, and phases if not all are wanted, in their order
  public static void main(String[] args) {
    TorchRuntime.load();
    TorchRuntime.setThreads(1);
    RunFolder folder = new RunFolder(Path.of(args[0]));
    TrainingListener printer =
        new TrainingListener() {
          @Override
          public void onStep(String phase, long step, long steps, Map<String, Double> scalars) {
            if (scalars.containsKey(Trainer.LOSS)) {
              System.out.println(phase + " " + step + " " + scalars.get(Trainer.LOSS));
            }
          }

          @Override
          public void onSheet(String phase, long step, Picture sheet) {}
        };
    Conduct conduct =
        new Conduct(Dtype.FLOAT32, TorchDevice.CPU, 2, false, false, Ranks.ALONE, printer);
    Run run = new Run(folder, RECIPE.phases(folder.of("model")));
    for (int i = 1; i < args.length; i++) {
      run.only(args[i], conduct);
    }
    boolean complete = args.length > 1 || run.all(conduct);
    System.out.println(complete ? "done" : "stopped");
  }
}
