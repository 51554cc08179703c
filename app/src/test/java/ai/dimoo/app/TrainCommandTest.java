package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.dimoo.file.LockFile;
import ai.dimoo.train.worlds.pictograms.things.IconFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `dimoo train`, as far as it can go in seconds.
class TrainCommandTest {

  @TempDir Path folder;

  @BeforeEach
  void icons() {
    assumeTrue(IconFolder.isThere(), "needs the pictograms: run bin/fetch-icons (npm and network)");
  }

  private CommandRun train(String... options) {
    return CommandRun.of(
        Stream.concat(Stream.of("train", "pocket", "--folder=" + folder), Stream.of(options))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--save-interval=0 | --save-interval is 0",
        "--phase=vqq       | There is no phase 'vqq'; there are tokenizer, tiles, vq, names, everything, polish, model",
        "--phase=vq        | The phase vq needs tiles, which is not done",
        "--phase=model     | The phase model needs vq, which is not done",
        "--threads=0       | --threads is 0",
        "--device=gpu      | device",
        "--dtype=int3      | dtype",
        "--world=2         | --world is 2; say with --master where they meet",
        "--rank=1          | --world-rank is 1; it must be below --world, which is 1",
        "--master=here     | --master is here; it must be HOST:PORT",
        "--rank-timeout=0  | --rank-timeout is 0"
      })
  void whatCannotBeDoneIsRefusedInOneLine(String option, String message) {
    CommandRun run = train(option);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("vq/state.safetensors")).doesNotExist();
  }

  @Test
  void fewerExamplesThanProcessesAreRefusedBeforeTheOthersAreWaitedFor() {
    for (String kind : List.of("lora", "full")) {
      CommandRun run =
          CommandRun.of(
              ("train " + kind + " tokens -o out --batch=2 --world=3 --master=127.0.0.1:29699")
                  .split(" "));
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).contains("--batch is 2; it must be at least 3").hasLineCount(1);
    }
  }

  @Test
  void thereIsNoOtherRecipe() {
    CommandRun run = CommandRun.of("train", "published");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("published");
    run = CommandRun.of("train");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("Say what to train: pocket, lora, full, shortcut.");
  }

  @Test
  void aPhaseIsDoneByItselfAndOnlyOnce() throws Exception {
    CommandRun run = train("--phase=tokenizer");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().strip()).isEqualTo(folder.resolve("tokenizer").toString());
    Path file = folder.resolve("tokenizer/tokenizer.json");
    assertThat(Files.readString(folder.resolve("tokenizer/recipe.txt"))).contains("3000 tokens");
    try (Stream<Path> phases = Files.list(folder)) {
      assertThat(phases).containsExactly(folder.resolve("tokenizer"));
    }
    Files.writeString(file, "mine");
    assertThat(train("--phase=tokenizer").status()).isZero();
    assertThat(file).hasContent("mine");
  }

  @Test
  void aPhaseThatAnotherProcessHasIsLeftAlone() throws Exception {
    try (LockFile other = LockFile.tryTake(folder.resolve("tokenizer/lock"))) {
      assertThat(other).isNotNull();
      CommandRun run = train();
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).contains("another process is at work on this phase");
    }
  }

  @Test
  void itStopsBetweenStepsAndSaysSo() {
    StopSignal stop = new StopSignal();
    StringWriter out = new StringWriter();
    stop.stop();
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(new StringWriter()), stop, false);
    int status = Main.run(terminal, "train", "pocket", "--folder=" + folder, "--phase=tiles");

    assertThat(status).isEqualTo(130);
    assertThat(List.of(folder.resolve("tiles").toFile().list()))
        .containsExactlyInAnyOrder("lock", "recipe.txt");
  }
}
