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
import java.nio.file.Path;
import java.util.Map;

/// A whole training run of a few seconds, as a program of its own: prints a line a step.
public final class TinyRun {

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
    Run run = new Run(folder, TinyRecipe.phases(folder.of("model")));
    for (int i = 1; i < args.length; i++) {
      run.only(args[i], conduct);
    }
    boolean complete = args.length > 1 || run.all(conduct);
    System.out.println(complete ? "done" : "stopped");
  }
}
