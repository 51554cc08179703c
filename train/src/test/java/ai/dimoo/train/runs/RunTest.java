package ai.dimoo.train.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import ai.dimoo.file.AtomicFile;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.train.log.TrainingListener;
import ai.dimoo.train.optim.Trainer;
import ai.dimoo.train.parallel.Ranks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The order of phases, and the loop of one that trains, with a trainer that only counts.
class RunTest {

  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();
  private int stopAfter = Integer.MAX_VALUE;

  @Test
  void phasesAreDoneInTheirOrderAndOnlyOnce() {
    Run run = run();
    assertThat(run.all(conduct())).isTrue();
    assertThat(told).containsExactly("first made", "count 1", "count 2", "count 3", "sheet at 3");
    told.clear();
    assertThat(run.all(conduct())).isTrue();
    assertThat(told).isEmpty();
  }

  @Test
  void aPhaseCanBeDoneByItselfOnceItHasWhatItNeeds() {
    Run run = run();
    assertThatThrownBy(() -> run.only("count", conduct()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("needs first")
        .hasMessageContaining("--phase first");
    assertThatThrownBy(() -> run.only("third", conduct()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there are first, count");
    assertThat(run.only("first", conduct())).isTrue();
    assertThat(told).containsExactly("first made");
    assertThat(run.only("count", conduct())).isTrue();
  }

  @Test
  void aStoppedTrainingSavesAndGoesOnWhereItWas() {
    stopAfter = 1;
    assertThat(run().all(conduct())).isFalse();
    assertThat(told).containsExactly("first made", "count 1");
    stopAfter = Integer.MAX_VALUE;
    assertThat(run().all(conduct())).isTrue();
    assertThat(told).containsExactly("first made", "count 1", "count 2", "count 3", "sheet at 3");
  }

  private Run run() {
    Phase first =
        new ProductPhase(
            "first",
            List.of(),
            "product",
            "a recipe",
            (target, run, conduct) -> {
              AtomicFile.write(target, AtomicFile.of(new byte[] {1}));
              told.add("first made");
            });
    return new Run(new RunFolder(folder), List.of(first, new Counting()));
  }

  private Conduct conduct() {
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(String phase, long step, long steps, Map<String, Double> scalars) {
            told.add(phase + " " + step);
          }

          @Override
          public void onSheet(String phase, long step, Picture sheet) {
            told.add("sheet at " + step);
          }

          @Override
          public boolean stopped() {
            return told.size() >= stopAfter;
          }
        };
    return new Conduct(Dtype.FLOAT32, TorchDevice.CPU, 1, false, false, Ranks.ALONE, listener);
  }

  private static final class Counting implements Phase {

    @Override
    public String name() {
      return "count";
    }

    @Override
    public List<String> needs() {
      return List.of("first");
    }

    @Override
    public boolean done(RunFolder run) {
      return Counter.read(run.state("count")) == 3;
    }

    @Override
    public boolean run(RunFolder run, Conduct conduct) {
      TrainingLoop.Showing showing =
          new TrainingLoop.Showing() {
            @Override
            public void publish() {}

            @Override
            public Picture sheet() {
              return Picture.filled(new Size(1, 1), 0);
            }
          };
      return new TrainingLoop("count", new Counter(), 3, showing).run(run, conduct);
    }
  }

  private static final class Counter implements Trainer {

    private long step;

    @Override
    public Map<String, Double> train() {
      step++;
      return Map.of(LOSS, 0.0);
    }

    @Override
    public long step() {
      return step;
    }

    @Override
    public void save(Path file) {
      AtomicFile.write(file, AtomicFile.of(new byte[] {(byte) step}));
    }

    @Override
    public void restore(Path file) {
      step = read(file);
    }

    static long read(Path file) {
      try {
        return Files.exists(file) ? Files.readAllBytes(file)[0] : 0;
      } catch (java.io.IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {}
  }
}
